using Storage;
using TestKit;

namespace Azurite.Tests.JourneyTests;

/// <summary>
/// An event that carries a reference of our own making, for a charge that we never made (the README's promise 25).
/// </summary>
[Collection(AzuriteCollection.Name)]
public sealed class KeepingStrangeEvents(AzuriteFixture azurite)
{
    [Fact]
    public async Task An_event_about_a_charge_that_we_never_made_is_kept_in_quarantine_and_changes_nothing()
    {
        using var world = await World.OpenAsync(azurite);
        var subject = (await world.ActiveAsync(1)).Single();
        var before = await world.FindAsync(subject.Id);
        world.LetThrough("PAYMENT_CHARGE_CAPTURE_SUCCEEDED");

        world.ChargeAtPpro(world.Books.Agreements.Single().Id, $"{subject.Id}-20300101-1");
        await world.Host.SettleAsync();

        var kept = await world.Get<ITables>().RangeAsync(StoreNames.Quarantine, new("0", "9", 10), default);
        Assert.Equal("no such charge", kept.Single().GetString("Reason"));
        Assert.Equal(before!.Version, (await world.FindAsync(subject.Id))!.Version);
    }
}
