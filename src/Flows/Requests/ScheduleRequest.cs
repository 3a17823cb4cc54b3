using System.Text.Json;
using Billing;
using Flows.Replies;

namespace Flows.Requests;

/// <summary>
/// The storefront's change of a plan: <c>amount</c>, <c>frequency</c>, <c>endDate</c>, <c>maxCharges</c>, or several.
/// With null an end or a number of charges is taken away.
/// </summary>
internal static class ScheduleRequest
{
    public static PlanChange Read(JsonElement json, Agreement agreement, FieldErrors errors)
    {
        var fields = new Fields(json, string.Empty, errors);
        fields.AllowOnly("amount", "frequency", "endDate", "maxCharges");
        if (agreement.Plan.Schedule is null)
        {
            const string Why = "This agreement was made without a frequency: nothing is charged by itself.";
            fields.Refuse("amount", Why);
            fields.Refuse("frequency", Why);
            fields.Refuse("maxCharges", Why);
        }

        var change = new PlanChange(ReadPrice(fields, agreement, errors), FrequencyFields.Read(fields))
        {
            End = ReadEnd(fields),
            MaxCharges = ReadMaxCharges(fields),
        };
        if (change is { Price: null, Frequency: null, End: null, MaxCharges: null } && !errors.Any)
        {
            errors.Shape(string.Empty, "Send amount, frequency, endDate, maxCharges, or several of them.");
        }

        return change;
    }

    private static Money? ReadPrice(Fields fields, Agreement agreement, FieldErrors errors)
    {
        var method = MethodRules.Of(agreement.Terms.PaymentMethod);
        var price = AmountFields.Read(fields, "amount", method, errors);
        if (price is not null && !agreement.Terms.Allows(price))
        {
            errors.Value("/amount/value", "amountType and amount of the agreement do not allow this amount.");
        }

        return price;
    }

    private static NewEnd? ReadEnd(Fields fields) =>
        fields.IsNull("endDate") ? new(null)
        : fields.Instant("endDate") is { } end ? new(end)
        : null;

    private static NewMaxCharges? ReadMaxCharges(Fields fields) =>
        fields.IsNull("maxCharges") ? new(null)
        : fields.Integer("maxCharges", 1, AgreementRequest.MaxCharges) is { } most ? new((int)most)
        : null;
}
