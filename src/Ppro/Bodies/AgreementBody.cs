using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ppro;

/// <summary>
/// PPRO's AgreementRequest from the storefront's: the same object without our own fields, with our
/// reference and webhook address. The same input gives the same bytes.
/// </summary>
public static class AgreementBody
{
    /// <summary>Fields of the storefront's request that are this service's own: PPRO never sees them.</summary>
    public static ImmutableArray<string> OwnFields { get; } = ["reference", "maxCharges", "catchUp"];

    public static ReadOnlyMemory<byte> From(
        JsonElement storefrontRequest,
        string agreementReference,
        Uri webhooksUrl,
        string initialChargeReference
    )
    {
        var body = JsonObject.Create(storefrontRequest)!;
        body = (JsonObject)body.DeepClone();
        BodyBytes.Strip(body, OwnFields);
        body["merchantPaymentAgreementReference"] = agreementReference;
        body["webhooksUrl"] = webhooksUrl.OriginalString;
        if (body["initialPaymentCharge"] is JsonObject initial)
        {
            initial["merchantPaymentChargeReference"] ??= initialChargeReference;
            initial["webhooksUrl"] = webhooksUrl.OriginalString;
        }

        return BodyBytes.Of(body);
    }
}
