using System.Text.Json;
using Billing;
using Flows.Replies;
using Ppro;

namespace Flows.Requests;

/// <summary>
/// The storefront's request for a single charge: PPRO's own (docs/ppro.md, The founding page). With <c>forPeriod</c> of
/// ours it is that period's attempt, and its reference is ours.
/// </summary>
internal sealed record ChargeRequest(Money Amount, string? Reference, DateOnly? ForPeriod)
{
    public static ChargeRequest? Read(JsonElement json, AgreementTerms terms, FieldErrors errors)
    {
        var method = MethodRules.Of(terms.PaymentMethod);
        var fields = new Fields(json, string.Empty, errors);
        fields.Require("amount");
        ChargeFields.Check(fields, method, errors, [.. ChargeBody.OwnFields]);
        var amount = AmountFields.Read(fields, "amount", method, errors);
        if (amount is not null && !terms.Allows(amount))
        {
            errors.Value("/amount/value", "amountType and amount of the agreement do not allow this amount.");
        }

        var reference = ChargeFields.ReadReference(fields, errors);
        var forPeriod = fields.Day("forPeriod");
        if (fields.Has("forPeriod"))
        {
            fields.Refuse("merchantPaymentChargeReference", "With forPeriod the reference is ours; leave it out.");
        }

        return errors.Any || amount is null ? null : new(amount, reference, forPeriod);
    }
}
