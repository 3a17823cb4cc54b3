using System.Text.Json;
using Billing;
using Flows.Replies;

namespace Flows.Requests;

/// <summary>
/// The storefront's request for a refund. The amount is a bare integer in minor units, as PPRO has it.
/// </summary>
internal sealed record RefundRequest(long MinorUnits, string? Reference)
{
    public static RefundRequest? Read(JsonElement json, FieldErrors errors)
    {
        var fields = new Fields(json, string.Empty, errors);
        fields.AllowOnly("amount", "merchantRefundReference", "refundReason", "refundDescriptor", "labels");
        fields.Require("amount");
        fields.Labels("labels");
        _ = (fields.Text("refundDescriptor"), fields.Word<RefundReason>("refundReason"));
        var amount = fields.Integer("amount", 1, long.MaxValue);
        var reference = fields.Text("merchantRefundReference");
        if (RefundNames.IsOurs(reference))
        {
            errors.Value(fields.At("merchantRefundReference"), "References of this form are made by this service.");
        }

        return errors.Any || amount is not { } given ? null : new(given, reference);
    }

    private enum RefundReason
    {
        Return,
        Duplicate,
        Fraud,
        CustomerRequest,
        PreDispute,
        Other,
    }
}
