using Flows.Events;
using JourneyKit;
using PproSimulator;
using Storage;
using TestKit;

namespace Azurite.Tests.JourneyTests;

/// <summary>
/// The receiver, the processor or the poison function dies before or after any of its effects; PPRO or the queue brings
/// the event again, and it counts once. Guards the README's promises 1, 20, 23 (durable before the 2xx), 24 (duplicates
/// change nothing) and 25 (never dropped).
/// </summary>
[Collection(AzuriteCollection.Name)]
public sealed class CrashingEvents(AzuriteFixture azurite)
{
    private const string Captured = "PAYMENT_CHARGE_CAPTURE_SUCCEEDED";
    private const string Active = "PAYMENT_AGREEMENT_ACTIVE";

    [Fact]
    public Task Applying_a_capture_of_a_charge_in_doubt_may_die_anywhere() =>
        ProveAsync(new() { Prepare = TakeCapturesAsync, Verify = it => it.VerifyEveryPeriodIsCharged() });

    [Fact]
    public Task Applying_an_approval_may_die_anywhere() =>
        ProveAsync(
            new()
            {
                Prepare = async (world, count) =>
                {
                    var subjects = await world.CreateAsync(count);
                    return await world.TakeEventsAsync(
                        Active,
                        subjects,
                        () =>
                        {
                            world.Approve(subjects);
                            return Task.CompletedTask;
                        }
                    );
                },
                Verify = it => it.VerifyEveryPeriodIsCharged(),
            }
        );

    [Fact]
    public Task Applying_an_event_from_poison_may_die_anywhere() =>
        ProveAsync(
            new()
            {
                Prepare = async (world, count) => await world.PoisonAsync(await TakeCapturesAsync(world, count)),
                Verify = it => it.VerifyEveryPeriodIsCharged(),
            }
        );

    [Fact]
    public async Task Keeping_an_event_that_cannot_be_applied_may_die_anywhere()
    {
        using var world = await World.OpenAsync(azurite);

        await world.ProveAsync(
            new()
            {
                Prepare = TakeHopelessCapturesAsync,
                Verify = it =>
                {
                    it.VerifyEveryPeriodIsCharged();
                    Assert.Single(it.Captured, charge => charge.Amount.Value is Requests.SingleCharge);
                },
            }
        );

        Assert.NotEmpty(await world.Get<ITables>().RangeAsync(StoreNames.Quarantine, new("0", "9", 1), default));
    }

    [Fact]
    public Task Receiving_an_event_may_die_anywhere_and_PPRO_brings_it_again() =>
        ProveAsync(
            new()
            {
                Prepare = async (world, count) =>
                {
                    var subjects = await world.TakeLooksAsync(await world.ActiveAsync(count));
                    world.LetThrough(Captured);
                    await world.HandleAsync(subjects, "lostResponse");
                    world.LetThrough();
                    return [.. subjects.Select(it => it with { InHand = null })];
                },
                Run = ReceiveAsync,
                Verify = it => it.VerifyEveryPeriodIsCharged(),
            }
        );

    /// <summary>The charge's answer was lost; the event about its capture is in hand.</summary>
    private static async Task<IReadOnlyList<Subject>> TakeCapturesAsync(World world, int count)
    {
        var subjects = await world.TakeLooksAsync(await world.ActiveAsync(count));
        return await world.TakeEventsAsync(Captured, subjects, () => world.HandleAsync(subjects, "lostResponse"));
    }

    /// <summary>Captures whose agreement only PPRO could tell, and PPRO is silent: kept in quarantine.</summary>
    private static async Task<IReadOnlyList<Subject>> TakeHopelessCapturesAsync(World world, int count)
    {
        var subjects = await world.ActiveAsync(count);
        world.Break("charge", "lostResponse", count);
        var events = await world.TakeEventsAsync(
            Captured,
            subjects,
            () => subjects.ForEachAsync(it => Requests.ChargeUnderOwnReferenceAsync(world.Journey, it))
        );
        world.Break("readCharge", "504", count);
        return await world.PoisonAsync(events);
    }

    private static async Task ReceiveAsync(World world, Journey journey, Subject subject)
    {
        var happened = world.Books.With(it => it.Events.All.Last(it => IsWaiting(it, subject)));
        var signature = Signing.Header(happened.Body, world.Books.Settings.SigningSecrets[^1], world.Clock.GetUtcNow());
        var reply = await journey.Get<ReceivePproWebhook>().RunAsync(new(happened.Body, signature), default);
        Assert.Equal(200, reply.Status);
    }

    private static bool IsWaiting(SimEvent happened, Subject subject) =>
        happened is { Type: Captured, NextAt: not null }
        && ((string?)happened.Data["merchantPaymentChargeReference"])!.StartsWith(
            subject.Id.Value,
            StringComparison.Ordinal
        );

    private async Task ProveAsync(Operation operation)
    {
        using var world = await World.OpenAsync(azurite);
        await world.ProveAsync(operation);
    }
}
