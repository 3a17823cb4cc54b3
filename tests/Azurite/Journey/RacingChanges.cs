using System.Text;
using Billing;
using Flows.Replies;
using Flows.Shop;
using TestKit;

namespace Azurite.Tests.JourneyTests;

/// <summary>Two requests of a shop under one key, of which one comes while the other is being decided.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class RacingChanges(AzuriteFixture azurite)
{
    [Fact]
    public async Task Another_body_under_the_key_of_a_change_that_was_first_is_refused()
    {
        using var world = await World.OpenAsync(azurite);
        var subject = (await world.ActiveAsync(1)).Single();

        var (first, second) = await RaceAsync(world, subject.Id, "{\"price\":200}", "{\"price\":300}");

        Assert.Equal(200, first.Status);
        Assert.Contains("idempotency-key-reused", Encoding.UTF8.GetString(second.Body.Span), StringComparison.Ordinal);
        Assert.Equal(200, (await world.FindAsync(subject.Id))!.Plan.Price!.MinorUnits);
    }

    [Fact]
    public async Task The_same_body_under_the_key_of_a_change_that_was_first_has_the_same_answer()
    {
        using var world = await World.OpenAsync(azurite);
        var subject = (await world.ActiveAsync(1)).Single();

        var (first, second) = await RaceAsync(world, subject.Id, "{\"price\":200}", "{\"price\":200}");

        Assert.Equal((200, 200), (first.Status, second.Status));
        Assert.Equal(first.Body.ToArray(), second.Body.ToArray());
    }

    /// <summary>The second request has found its key unused; then the first one is done.</summary>
    private static async Task<(Reply First, Reply Second)> RaceAsync(
        World world,
        AgreementId id,
        string first,
        string second
    )
    {
        Reply? done = null;
        var late = await world
            .Get<KeyedChange>()
            .RunAsync(
                Request(id, second),
                async _ => done ??= await world.Get<KeyedChange>().RunAsync(Request(id, first), Priced(200), default),
                (it, _, now) => Priced(300)(it, now),
                Problems.NothingToChange,
                default
            );
        return (done!, late);
    }

    private static ChangeDecision Priced(long won) => (it, now) => it.ChangeSchedule(new(new(won, "KRW"), null), now);

    private static ChangeRequest Request(AgreementId id, string body) =>
        new("change-schedule", id.Value, "one-key", Encoding.UTF8.GetBytes(body));
}
