using System.Text.Json.Nodes;

namespace PproSimulator;

/// <summary>When the money arrives (docs/ppro.md, Funds).</summary>
public sealed partial class PproBooks
{
    /// <summary>
    /// WAITING at once; then what the descriptor asks for, after its delay (docs/ppro.md, The sandbox).
    /// </summary>
    private void FollowFunds(
        SimCharge charge,
        string operation,
        string kind,
        long amount,
        string? descriptor,
        string? refundReference
    )
    {
        PublishFunds(charge, operation, kind, $"{kind}_FUNDS_WAITING", amount, refundReference);
        var keys = Descriptor.Parse(descriptor);
        var end = (kind, keys.GetValueOrDefault("fundsEventType")) switch
        {
            ("CAPTURE", "Received") => "RECEIVED",
            ("CAPTURE", "Missing") => "MISSING",
            ("REFUND", "Sent") => "SENT",
            ("REFUND", "Rejected") => "REJECTED",
            _ => null,
        };
        if (end is not null)
        {
            var wait = Descriptor.Seconds(keys.GetValueOrDefault("fundsEventScheduleDelay")) ?? TimeSpan.Zero;
            At(Now + wait, () => PublishFunds(charge, operation, kind, $"{kind}_FUNDS_{end}", amount, refundReference));
        }
    }

    private void PublishFunds(
        SimCharge charge,
        string operation,
        string kind,
        string state,
        long amount,
        string? refundReference
    )
    {
        charge.Funds[operation] = state;
        PublishCharge(
            charge,
            "FUNDS_STATE_CHANGED",
            new()
            {
                ["paymentOperationId"] = operation,
                ["paymentOperationType"] = kind,
                ["fundsState"] = state,
                ["amount"] = new Amount(amount, charge.Captured.Currency).ToJson(),
                ["merchantRefundReference"] = refundReference,
            }
        );
    }

    /// <summary>A bare array; only captures and successful refunds appear.</summary>
    private BooksAnswer ReadFunds(string id) =>
        charges.TryGetValue(id, out var charge)
            ? new(200, new JsonArray([.. charge.Funds.Select(it => FundsOf(charge, it.Key, it.Value))]))
            : Errors.Of(404, "Payment charge not found", Now);

    private static JsonObject FundsOf(SimCharge charge, string operation, string status)
    {
        var isCapture = operation == charge.CaptureId;
        var json = new JsonObject
        {
            ["operationId"] = operation,
            ["operationType"] = isCapture ? "CAPTURE" : "REFUND",
            ["fundsStatus"] = status,
        };
        json[isCapture ? "merchantPaymentChargeReference" : "merchantRefundReference"] = isCapture
            ? charge.Reference
            : charge.Refunds.Find(it => it.Id == operation)?.Reference;
        return json;
    }
}
