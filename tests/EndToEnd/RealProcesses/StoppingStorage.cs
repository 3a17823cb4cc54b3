using LocalHost.Children;
using TestKit;

namespace EndToEnd.Tests;

/// <summary>
/// Storage goes away while the app works, and comes back. (Azurite is stopped by SIGTERM: killed hard it loses what it
/// has acknowledged, which no real storage does.)
/// </summary>
public sealed class StoppingStorage
{
    private const string Account = "stopped";
    private const int Stops = 2;
    private const int Agreements = 6;

    [Fact]
    public async Task When_storage_comes_back_the_app_goes_on_by_itself_and_all_books_agree()
    {
        var folder = Directory.CreateTempSubdirectory("stopped-azurite-").FullName;
        var options = FreePorts.ForAzurite(folder) with { Accounts = [Account] };
        var azurite = await AzuriteServer.StartAsync(options, CancellationToken.None);
        var app = await LocalApp.StartAsync(azurite.ConnectionString(Account), ("LocalHost__MessageLease", "00:00:05"));
        try
        {
            var load = new Load(app);
            var revoked = new List<string>();
            await load.BeginAsync(Agreements);
            for (var stop = 1; stop <= Stops; stop++)
            {
                load.Shop.BeginChargeAndRefund(load.Daily[stop]);
                var ended = await app.ActiveAgreementAsync();
                await load.WorkAsync(requests: 3 * stop);

                await azurite.DisposeAsync();
                await RevokeAsync(app, ended);
                await SeeRefusedAsync(app, "PAYMENT_AGREEMENT_REVOKED_BY_CONSUMER", times: stop);
                azurite = await AzuriteServer.StartAsync(options, CancellationToken.None);
                revoked.Add(ended);
            }

            await load.SettleAsync();
            foreach (var id in revoked)
            {
                await app.SeeAsync(id, it => (string?)it["status"] is "REVOKED_BY_CONSUMER");
            }

            await TheBooks.AgreeAsync(app, load.Daily, load.Shop);
            await TheBooks.HaveAllArrivedAsync(app);
        }
        finally
        {
            await app.DisposeAsync();
            await azurite.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RevokeAsync(LocalApp app, string id)
    {
        var atPpro = (await app.BooksAsync("agreements")).Single(it => (string?)it!["reference"] == id)!;
        await app.PlayAsync($"agreements/{atPpro["id"]}/revoke-by-consumer", new { });
    }

    /// <summary>Until PPRO's webhooks of this type were answered 503: what is not kept is not thanked for.</summary>
    private static Task SeeRefusedAsync(LocalApp app, string type, int times) =>
        Eventually.TrueAsync(
            async () =>
                (await app.BooksAsync("events")).Count(it =>
                    (string?)it!["type"] == type
                    && it["attempts"]!.AsArray().Any(attempt => (string?)attempt!["outcome"] is "HTTP 503")
                ) == times,
            $"{times} webhooks of {type} were answered 503"
        );
}
