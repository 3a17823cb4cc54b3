using System.Text;
using Storage;
using TestKit;

namespace Azurite.Tests.JourneyTests;

/// <summary>An event that carries a reference of our own making, for a charge that we never made (invariant 25).</summary>
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

        ChargeAtPpro(world, $"{subject.Id}-20300101-1");
        await world.Host.SettleAsync();

        var kept = await world.Get<ITables>().RangeAsync(StoreNames.Quarantine, new("0", "9", 10), default);
        Assert.Equal("no such charge", kept.Single().GetString("Reason"));
        Assert.Equal(before!.Version, (await world.FindAsync(subject.Id))!.Version);
    }

    /// <summary>Someone else with our credentials.</summary>
    private static void ChargeAtPpro(World world, string reference)
    {
        var body = $$"""
            {
              "amount": { "value": 100, "currency": "KRW" },
              "merchantPaymentChargeReference": "{{reference}}",
              "webhooksUrl": "http://127.0.0.1/api/webhooks/ppro"
            }
            """;
        var path = $"/v1/payment-agreements/{world.Books.Agreements.Single().Id}/payment-charges";
        var answer = world.Books.Call(
            new("POST", path, Encoding.UTF8.GetBytes(body))
            {
                Authorization = $"Bearer {world.Books.Settings.ApiKey}",
                MerchantId = world.Books.Settings.MerchantId,
                IdempotencyKey = Guid.NewGuid().ToString(),
                ContentType = "application/json",
            }
        );
        Assert.Equal(200, answer.Status);
    }
}
