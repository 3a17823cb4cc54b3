using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ppro;

/// <summary>PPRO's refund request (PPRO §4.8): the storefront's object, with a reference if it has none.</summary>
public static class RefundBody
{
    public static ReadOnlyMemory<byte> From(JsonElement storefrontRequest, string reference)
    {
        var body = (JsonObject)JsonObject.Create(storefrontRequest)!.DeepClone();
        body["merchantRefundReference"] ??= reference;
        return BodyBytes.Of(body);
    }
}
