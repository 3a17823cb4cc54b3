using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Billing;

namespace Ppro;

/// <summary>PPRO's AgreementChargeRequest. The same input gives the same bytes.</summary>
public static class ChargeBody
{
    /// <summary>Fields of the storefront's request that are ours: PPRO knows a period by its reference.</summary>
    public static ImmutableArray<string> OwnFields { get; } = ["forPeriod"];

    /// <summary>
    /// A single charge: the storefront's object, with our webhook address and a reference if it has none.
    /// </summary>
    public static ReadOnlyMemory<byte> From(JsonElement storefrontRequest, string reference, Uri webhooksUrl)
    {
        var body = (JsonObject)JsonObject.Create(storefrontRequest)!.DeepClone();
        BodyBytes.Strip(body, OwnFields);
        body["merchantPaymentChargeReference"] ??= reference;
        body["webhooksUrl"] = webhooksUrl.OriginalString;
        return BodyBytes.Of(body);
    }

    /// <summary>
    /// A scheduled charge. The context is what PPRO documents beyond the least body (docs/ppro.md, Charges).
    /// </summary>
    public static ReadOnlyMemory<byte> Scheduled(
        Money amount,
        string? descriptor,
        string reference,
        Uri webhooksUrl,
        ScheduledContext? context
    )
    {
        var body = new JsonObject();
        if (descriptor is not null)
        {
            body["paymentDescriptor"] = descriptor;
        }

        body["amount"] = new JsonObject { ["value"] = amount.MinorUnits, ["currency"] = amount.Currency };
        body["merchantPaymentChargeReference"] = reference;
        body["webhooksUrl"] = webhooksUrl.OriginalString;
        if (context is not null)
        {
            body["initiator"] = "MERCHANT";
            body["scheduleType"] = context.IsRetry ? "SCHEDULED_RETRY" : "SCHEDULED";
            body["order"] = new JsonObject { ["orderReferenceNumber"] = context.OrderReference };
        }

        return BodyBytes.Of(body);
    }
}

/// <summary>
/// The order reference is the same for all attempts of one period; a retry is an attempt after the first.
/// </summary>
public sealed record ScheduledContext(string OrderReference, bool IsRetry);
