using System.Text;
using Flows.Looks;
using JourneyKit;
using Microsoft.Extensions.DependencyInjection;
using Storage;
using TestKit;

namespace Azurite.Tests.JourneyTests;

/// <summary>While our clock is more than five minutes from storage's, either way, nothing is charged.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class WatchingTheClock(AzuriteFixture azurite)
{
    private static readonly Dictionary<string, string?> Checked = new() { ["Charging:CheckClock"] = "true" };
    private readonly Wrong clock = new();

    [Theory]
    [InlineData(6)]
    [InlineData(-6)]
    public async Task A_clock_that_is_off_charges_nothing_and_what_was_due_is_charged_when_it_is_right(int minutes)
    {
        var watch = new ClockWatch(clock);
        using var world = await World.OpenAsync(azurite, watch);
        using var worker = world.NewJourney(new NoWatch(), Checked, services => services.AddSingleton(watch));
        var looks = await world.TakeLooksAsync(await world.ActiveAsync(1));
        var (queue, message) = looks[0].InHand!.Value;

        clock.Off = TimeSpan.FromMinutes(minutes);
        // Storage answers the request's first reads before the gate is asked: so the clock has been compared.
        var single = await Requests.ChargeAsync(worker, looks[0]);
        Assert.Null(await new QueueWorker(worker, world.ShowAgainAsync).HandleAsync(queue, message));

        Assert.Equal(503, single.Status);
        Assert.Contains(
            "the clock is 6 minutes off",
            Encoding.UTF8.GetString(single.Body.Span),
            StringComparison.Ordinal
        );
        Assert.Single(world.Books.Charges);
        Assert.InRange(await WaitOfAsync(world, looks[0]), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(21));

        clock.Off = TimeSpan.FromMinutes(minutes / 2);
        await worker.Get<LookAtAgreement>().RunAsync(message.Body, default);
        Assert.Equal(2, world.Books.Charges.Count);
    }

    private static async Task<TimeSpan> WaitOfAsync(World world, Subject subject) =>
        (await world.WakeUpsOfAsync(subject.Id)).Max() - world.Clock.GetUtcNow();

    private sealed class Wrong : TimeProvider
    {
        public TimeSpan Off { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Off;
    }
}
