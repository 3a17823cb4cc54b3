namespace PproSimulator;

/// <summary>When the money arrives [4.10, 5.4].</summary>
public sealed partial class PproBooks
{
    /// <summary>WAITING at once; then what the founding page's descriptor asks for, after its delay [11.1].</summary>
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
}
