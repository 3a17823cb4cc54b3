using System.Text;
using System.Text.Json.Nodes;
using Billing;
using Flows;
using JourneyKit;

namespace Unit.Tests.JourneyTests;

/// <summary>What shops, PPRO and others with our credentials do in a world of memory.</summary>
internal static class Deeds
{
    /// <summary>A single charge under the shop's own reference; what PPRO tells of it arrives.</summary>
    public static async Task ChargeAsync(this MemoryWorld world, AgreementId id, string reference)
    {
        var reply = await world
            .Get<CreateCharge>()
            .RunAsync(id.Value, Encoding.UTF8.GetBytes(ChargeBody(reference)), null, default);
        Assert.Equal(201, reply.Status);
        await world.Host.SettleAsync();
    }

    /// <summary>Someone else with our credentials charges the agreement, under no reference; PPRO's id.</summary>
    public static string ChargeBehindOurBack(this MemoryWorld world, AgreementId id)
    {
        var answer = world.Books.PostBehindOurBack(
            $"/v1/payment-agreements/{world.AtPpro(id).Id}/payment-charges",
            new()
            {
                ["amount"] = new JsonObject { ["value"] = 100, ["currency"] = "KRW" },
            }
        );
        return (string)answer.Body!["id"]!;
    }

    public static void Break(this MemoryWorld world, string operation, string fault, int count) =>
        world.Books.With(it =>
        {
            it.Faults.Add(new(operation, fault, TimeSpan.Zero), count);
            return true;
        });

    private static string ChargeBody(string reference) =>
        $$"""{"amount":{"value":100,"currency":"KRW"},"merchantPaymentChargeReference":"{{reference}}"}""";
}
