using Billing;
using Flows.Replies;

namespace Flows.Requests;

/// <summary>What a first charge and a single charge have in common.</summary>
internal static class ChargeFields
{
    private const int MaxSettings = 10;

    public static void Check(
        Fields charge,
        MethodRules method,
        FieldErrors errors,
        params ReadOnlySpan<string> alsoAllowed
    )
    {
        charge.AllowOnly([
            .. alsoAllowed,
            "amount",
            "autoCapture",
            "paymentDescriptor",
            "merchantPaymentChargeReference",
            "initiator",
            "scheduleType",
            "order",
            "authenticationSettings",
            "consumer",
            "labels",
            "webhooksUrl",
        ]);
        charge.Refuse("webhooksUrl", "Webhooks are received by this service; leave it out.");
        if (charge.Boolean("autoCapture") is false && !method.HasSeparateCaptures)
        {
            errors.Value(
                charge.At("autoCapture"),
                $"{method.PaymentMethod} has no separate capture: leave it out or send true."
            );
        }

        _ = (
            charge.Text("paymentDescriptor"),
            charge.Word<Initiator>("initiator"),
            charge.Word<ScheduleType>("scheduleType")
        );
        _ = (charge.Object("order"), charge.Object("consumer"), charge.Objects("authenticationSettings", MaxSettings));
        charge.Labels("labels");
    }

    /// <summary>
    /// The shop's reference of the charge. One that looks like ours could be taken for another charge.
    /// </summary>
    public static string? ReadReference(Fields charge, FieldErrors errors)
    {
        var reference = charge.Text("merchantPaymentChargeReference");
        if (ChargeKeys.ParseReference(reference) is not null)
        {
            errors.Value(
                charge.At("merchantPaymentChargeReference"),
                "References of this form are made by this service."
            );
        }

        return reference;
    }

    private enum Initiator
    {
        Merchant,
        Consumer,
    }

    /// <summary>Without RECURRING, which PPRO is retiring.</summary>
    private enum ScheduleType
    {
        Scheduled,
        ScheduledRetry,
        Unscheduled,
    }
}
