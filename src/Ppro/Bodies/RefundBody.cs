using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ppro;

/// <summary>PPRO's refund request.</summary>
public static class RefundBody
{
    /// <summary>A refund that no storefront asked for.</summary>
    public static ReadOnlyMemory<byte> Of(long minorUnits, string reference) =>
        BodyBytes.Of(new JsonObject { ["amount"] = minorUnits, ["merchantRefundReference"] = reference });

    /// <summary>An earlier request under another reference.</summary>
    public static ReadOnlyMemory<byte> Again(ReadOnlyMemory<byte> earlier, string reference)
    {
        var body = (JsonObject)JsonNode.Parse(earlier.Span)!;
        body["merchantRefundReference"] = reference;
        return BodyBytes.Of(body);
    }

    /// <summary>The storefront's object, with a reference if it has none.</summary>
    public static ReadOnlyMemory<byte> From(JsonElement storefrontRequest, string reference)
    {
        var body = (JsonObject)JsonObject.Create(storefrontRequest)!.DeepClone();
        body["merchantRefundReference"] ??= reference;
        return BodyBytes.Of(body);
    }
}
