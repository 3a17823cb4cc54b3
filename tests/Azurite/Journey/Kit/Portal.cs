using System.Text;

namespace Azurite.Tests.JourneyTests;

/// <summary>Someone else with our credentials: what is done at PPRO without us.</summary>
public static class Portal
{
    public static void ChargeAtPpro(this World world, string agreement, string reference) =>
        world.Post(
            $"/v1/payment-agreements/{agreement}/payment-charges",
            $$"""
            {
              "amount": { "value": 100, "currency": "KRW" },
              "merchantPaymentChargeReference": "{{reference}}",
              "webhooksUrl": "http://127.0.0.1/api/webhooks/ppro"
            }
            """
        );

    public static void RefundAtPpro(this World world, string charge, long minorUnits, string reference = "") =>
        world.Post(
            $"/v1/payment-charges/{charge}/refunds",
            reference is ""
                ? $$"""{ "amount": {{minorUnits}} }"""
                : $$"""{ "amount": {{minorUnits}}, "merchantRefundReference": "{{reference}}" }"""
        );

    private static void Post(this World world, string path, string body)
    {
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
