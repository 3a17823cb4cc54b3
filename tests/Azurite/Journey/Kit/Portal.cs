using System.Text.Json.Nodes;
using JourneyKit;
using PproSimulator;

namespace Azurite.Tests.JourneyTests;

/// <summary>Someone else with our credentials: what is done at PPRO without us.</summary>
public static class Portal
{
    public static void ChargeAtPpro(this World world, string agreement, string reference) =>
        IsDone(
            world.Books.PostBehindOurBack(
                $"/v1/payment-agreements/{agreement}/payment-charges",
                new JsonObject
                {
                    ["amount"] = new JsonObject { ["value"] = 100, ["currency"] = "KRW" },
                    ["merchantPaymentChargeReference"] = reference,
                    ["webhooksUrl"] = "http://127.0.0.1/api/webhooks/ppro",
                }
            )
        );

    public static void RefundAtPpro(this World world, string charge, long minorUnits, string? reference = null) =>
        IsDone(world.Books.RefundBehindOurBack(charge, minorUnits, reference));

    private static void IsDone(BooksAnswer answer) => Assert.Equal(200, answer.Status);
}
