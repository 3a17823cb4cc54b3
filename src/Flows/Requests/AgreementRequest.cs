using System.Text.Json;
using Billing;
using Flows.Replies;
using Ppro;

namespace Flows.Requests;

/// <summary>
/// The storefront's request for an agreement: PPRO's AgreementRequest with <c>reference</c>,
/// <c>maxCharges</c> and <c>catchUp</c> of ours, checked against the method's rules.
/// </summary>
internal static class AgreementRequest
{
    public const int MaxCharges = 100_000;

    private static readonly TimeSpan LongestAgo = TimeSpan.FromDays(1);
    private static readonly TimeSpan FarthestAhead = TimeSpan.FromDays(2 * 366);

    public static AgreementTerms? Read(JsonElement json, bool allowLoopback, DateTimeOffset now, FieldErrors errors)
    {
        var fields = new Fields(json, string.Empty, errors);
        fields.AllowOnly([
            .. AgreementBody.OwnFields,
            "paymentMethod",
            "consumer",
            "startDate",
            "endDate",
            "amount",
            "amountType",
            "frequency",
            "description",
            "authenticationSettings",
            "initialPaymentCharge",
            "paymentMedium",
            "labels",
            "webhooksUrl",
            "merchantPaymentAgreementReference",
        ]);
        fields.Refuse("webhooksUrl", "Webhooks are received by this service; leave it out.");
        fields.Refuse("merchantPaymentAgreementReference", "This is ours to set; send your own id as reference.");
        fields.Labels("labels");
        _ = fields.Text("paymentMedium");

        var method = ReadMethod(fields, errors);
        var consumer = ConsumerFields.Read(fields, method, errors);
        AuthenticationFields.Check(fields, allowLoopback, errors);
        var terms = new AgreementTerms
        {
            PaymentMethod = method.PaymentMethod,
            ConsumerName = consumer?.Name ?? string.Empty,
            ConsumerCountry = consumer?.Country ?? string.Empty,
            Reference = fields.Text("reference", 128),
            Description = fields.Text("description", 100),
            Amount = AmountFields.Read(fields, "amount", method, errors),
            AmountType = fields.Word<AmountType>("amountType"),
            Frequency = FrequencyFields.Read(fields),
            StartDate = fields.Instant("startDate"),
            EndDate = fields.Instant("endDate"),
            MaxCharges = (int?)fields.Integer("maxCharges", 1, MaxCharges),
            CatchUp = (int?)fields.Integer("catchUp", 0, 12) ?? 0,
        };
        terms = terms with { InitialCharge = ReadInitial(fields, terms, method, errors) };
        CheckDates(fields, terms, now, errors);
        CheckSchedule(fields, errors);
        return errors.Any ? null : terms;
    }

    private static MethodRules ReadMethod(Fields fields, FieldErrors errors)
    {
        fields.Require("paymentMethod");
        var name = fields.Text("paymentMethod");
        if (name is not null && MethodRules.Find(name) is null)
        {
            errors.Value("/paymentMethod", $"Must be {MethodRules.KakaoPay.PaymentMethod}.");
        }

        return MethodRules.Of(name);
    }

    private static InitialCharge? ReadInitial(
        Fields fields,
        AgreementTerms terms,
        MethodRules method,
        FieldErrors errors
    )
    {
        if (fields.Object("initialPaymentCharge") is not { } initial)
        {
            return null;
        }

        initial.Require("amount");
        ChargeFields.Check(initial, method, errors);
        var amount = AmountFields.Read(initial, "amount", method, errors);
        if (amount is not null && !terms.Allows(amount))
        {
            errors.Value(
                initial.At("amount/value"),
                "amountType and amount of the agreement do not allow this amount."
            );
        }

        var reference = ChargeFields.ReadReference(initial, errors);
        return amount is null ? null : new(amount, reference);
    }

    private static void CheckDates(Fields fields, AgreementTerms terms, DateTimeOffset now, FieldErrors errors)
    {
        if (terms.StartDate < now - LongestAgo || terms.StartDate > now + FarthestAhead)
        {
            errors.Value(fields.At("startDate"), "Must not be more than a day ago or two years ahead.");
        }

        var start = fields.Has("startDate") ? terms.StartDate : now;
        if (terms.EndDate <= start)
        {
            errors.Value(fields.At("endDate"), "Must be after the start.");
        }
    }

    private static void CheckSchedule(Fields fields, FieldErrors errors)
    {
        if (!fields.Has("frequency"))
        {
            const string Why = "Only with frequency: without one nothing is charged by itself.";
            fields.Refuse("maxCharges", Why);
            fields.Refuse("catchUp", Why);
        }

        if (fields.Has("frequency") && !fields.Has("amount"))
        {
            errors.Shape(fields.At("amount"), "Required with frequency: it is what each period costs.");
        }
    }
}
