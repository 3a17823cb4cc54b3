using Flows.Walk;
using JourneyKit;
using Storage;
using TestKit;

namespace Azurite.Tests.JourneyTests;

/// <summary>
/// The walk dies before or after any of its effects, each time with a new refund at PPRO to be learnt; the next day's
/// walk leaves the same books as if nothing had happened. Guards the README's promises 3, 5, 20 and 26.
/// </summary>
[Collection(AzuriteCollection.Name)]
public sealed class CrashingWalk(AzuriteFixture azurite)
{
    private const long Refund = 10;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task The_walk_may_die_anywhere()
    {
        using var world = await World.OpenSetAsync(azurite, ("Reconciliation:FundsWithin", "00:00:00"));
        var subject = (await world.ActiveAsync(1, "YEARLY")).Single();
        var charge = world.Books.Charges.Single();
        world.Books.With(_ => charge.Funds[charge.Funds.Keys.Single()] = "CAPTURE_FUNDS_RECEIVED");
        await world.WalkAsync();
        await world.Host.AdvanceAsync(Day);
        world.RefundAtPpro(charge.Id, Refund);
        var recording = new RecordingWatch();
        using (var journey = world.NewJourney(recording))
        {
            await journey.Get<WalkAgreements>().RunAsync(default);
        }

        var refunds = 1;
        var points = CrashPoint.Around(recording.Effects);
        Assert.InRange(points.Count, 20, 200);
        foreach (var point in points)
        {
            await world.Host.AdvanceAsync(Day);
            world.RefundAtPpro(charge.Id, Refund);
            refunds++;
            await CrashAsync(world, point);
            Assert.Null(await Baton.WhyLostAsync(world, subject.Id));

            await world.Host.AdvanceAsync(Day);
            var state = await world.WalkAsync();
            var moved = await world.Get<AgreementLedger>().SumAsync(subject.Id, default);
            var agreement = await world.FindAsync(subject.Id);
            Assert.True(
                (moved.RefundedMinorUnits, agreement!.RefundedMinorUnits) == (refunds * Refund, refunds * Refund),
                $"{point}: {moved.RefundedMinorUnits} and {agreement.RefundedMinorUnits} of {refunds * Refund}"
            );
            Assert.True(state.Counts is { Rearmed: 0, Unexplained: 0, Failed: 0 }, $"{point}: {state.Counts}");
        }

        Assert.Empty(world.Host.Failures);
    }

    private static async Task CrashAsync(World world, CrashPoint point)
    {
        var watch = new CrashWatch(point);
        var run = world.NewJourney(watch).Get<WalkAgreements>().RunAsync(default);
        Assert.True(await Task.WhenAny(run, watch.Died) != run, $"{point} was not reached");
    }
}
