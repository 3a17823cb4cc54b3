using System.Text;
using System.Text.Json.Nodes;
using Billing;
using Flows.Operations;
using Flows.Requests;
using Flows.Shop;
using JourneyKit;
using Storage;

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

    /// <summary>An agreement that waits for the consumer, with a first charge that travels along.</summary>
    public static async Task<AgreementId> BeginAsync(this MemoryWorld world, string key)
    {
        var body = Encoding.UTF8.GetBytes(
            $$"""
            {
              "paymentMethod": "KAKAOPAY",
              "consumer": { "name": "김카카오", "country": "KR" },
              "amount": { "value": {{MemoryWorld.Price}}, "currency": "KRW" },
              "frequency": { "type": "MONTHLY" },
              "initialPaymentCharge": { "amount": { "value": {{MemoryWorld.Price}}, "currency": "KRW" } },
              "authenticationSettings": [
                { "type": "REDIRECT", "settings": { "returnUrl": "https://shop.example/return" } }
              ]
            }
            """
        );
        await world.Get<CreateAgreement>().RunAsync(body, key, default);
        return AgreementId.FromKey(key);
    }

    /// <summary>What a person has to look at, over all agreements.</summary>
    public static Task<IReadOnlyList<ExceptionEntry>> ExceptionsAsync(this MemoryWorld world) =>
        world.Get<ExceptionList>().ListAsync(null, 100, default);

    /// <summary>An operator closes an exception; what the answer says.</summary>
    public static async Task<JsonNode> CloseAsync(this MemoryWorld world, ExceptionEntry entry)
    {
        var wish = """{ "actor": "kim", "reason": "looked at" }"""u8.ToArray();
        var reply = await world.Get<OperateExceptions>().CloseAsync(WhoAsks.AtThisMachine, entry.Key, wish, default);
        Assert.Equal(200, reply.Status);
        return JsonNode.Parse(reply.Body.Span)!;
    }

    public static async Task<ChargingStop?> StopAsync(this MemoryWorld world) =>
        (await world.Get<ChargingControlStore>().FindAsync(default)).Stop;

    public static void Break(this MemoryWorld world, string operation, string fault, int count) =>
        world.Books.With(it =>
        {
            it.Faults.Add(new(operation, fault, TimeSpan.Zero), count);
            return true;
        });

    private static string ChargeBody(string reference) =>
        $$"""{"amount":{"value":100,"currency":"KRW"},"merchantPaymentChargeReference":"{{reference}}"}""";
}
