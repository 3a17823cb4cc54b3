using TestKit;

namespace EndToEnd.Tests;

/// <summary>
/// The app is killed again and again while it works, as a crash or an eviction would: its host, its worker, or both.
/// </summary>
[Collection(PassingTimeCollection.Name)]
public sealed class KillingTheApp(RunningApp running)
{
    private const int Kills = 12;
    private const int Agreements = 8;

    [Fact]
    public async Task Killed_again_and_again_under_load_nothing_is_charged_twice_and_nothing_is_lost()
    {
        await using var app = await running.StartAnotherAsync(("LocalHost__MessageLease", "00:00:05"));
        var load = new Load(app);
        await load.BeginAsync(Agreements);
        var random = new Random(1);

        for (var kill = 1; kill <= Kills; kill++)
        {
            load.Shop.BeginChargeAndRefund(load.Daily[kill % Agreements]);
            if (kill % 3 is 0)
            {
                load.Shop.BeginAgreement();
                await app.PlayAsync("faults", new { operation = "charge", kind = "lostResponse" });
            }

            await load.WorkAsync(requests: random.Next(1, 9));
            await KillAsync(app, kill);
        }

        await load.SettleAsync();
        await TheBooks.AgreeAsync(app, load.Daily, load.Shop);
        await TheBooks.AgreeOnAbandonedAsync(app, load.Shop);
        await TheBooks.HaveAllArrivedAsync(app);
    }

    private static Task KillAsync(LocalApp app, int kill) =>
        (kill % 3) switch
        {
            0 => app.CrashAsync(),
            1 => app.KillWorkerAsync(),
            _ => app.CrashBothAsync(),
        };
}
