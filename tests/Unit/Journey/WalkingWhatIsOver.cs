using Billing;
using Flows.Walk;
using JourneyKit;
using Storage;

namespace Unit.Tests.JourneyTests;

/// <summary>
/// What is over is compared rarely; yet what comes to it all the same, a refund and what may go wrong with it, the
/// daily walk sees the next day.
/// </summary>
public sealed class WalkingWhatIsOver : IDisposable
{
    private readonly MemoryWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task A_call_for_a_person_that_was_never_listed_is_listed_within_the_day()
    {
        var id = await OverAndComparedAsync();
        var session = (await world.Get<AgreementStore>().OpenAsync(id, default))!;
        await session.ChangeAsync(it => it.CallForAPerson("a refund", "PPRO refuses it", Now), default);

        await WalkTheNextDayAsync();

        var entry = Assert.Single(await world.Get<ExceptionList>().ListAsync(null, 10, default));
        Assert.Equal(("a refund", "PPRO refuses it"), (entry.Subject, entry.Reason));
    }

    [Fact]
    public async Task At_rest_its_row_is_read_and_nothing_else()
    {
        await OverAndComparedAsync();
        var seen = new Seen();
        using var journey = world.NewJourney(seen);

        await WalkTheNextDayAsync(journey);

        Assert.Equal(["find agreements"], seen.Effects.Where(IsOfAgreements));
    }

    private static bool IsOfAgreements(string effect) =>
        effect.EndsWith(" agreements", StringComparison.Ordinal) || effect.StartsWith("GET", StringComparison.Ordinal);

    private DateTimeOffset Now => world.Clock.GetUtcNow();

    private async Task<AgreementId> OverAndComparedAsync()
    {
        var id = await world.ActiveAsync();
        world.Books.EndFromOutside(world.AtPpro(id).Id, byConsumer: true);
        await world.Host.AdvanceAsync(TimeSpan.FromDays(4));
        await WalkTheNextDayAsync();
        Assert.Null((await world.FindAsync(id)).NextLookAt);
        return id;
    }

    private async Task WalkTheNextDayAsync(Journey? journey = null)
    {
        await world.Host.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal(1, await (journey ?? world.Journey).Get<WalkAgreements>().RunAsync(default));
    }

    private sealed class Seen : IEffectWatch
    {
        public List<string> Effects { get; } = [];

        public Task BeforeAsync(Effect effect)
        {
            Effects.Add(effect.What);
            return Task.CompletedTask;
        }

        public Task AfterAsync(Effect effect) => Task.CompletedTask;
    }
}
