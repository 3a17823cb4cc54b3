using System.Text.Json.Nodes;

namespace PproSimulator;

/// <summary>The refund response.</summary>
internal static class RefundJson
{
    public static JsonObject Of(SimRefund refund, SimCharge charge, bool withLinks)
    {
        var json = new JsonObject
        {
            ["id"] = refund.Id,
            ["amount"] = refund.Amount,
            ["status"] = refund.Status,
        };
        foreach (var name in (string[])["merchantRefundReference", "refundReason", "refundDescriptor", "labels"])
        {
            if (refund.Request[name] is { } value)
            {
                json[name] = value.DeepClone();
            }
        }

        if (refund.Failure is { } failure)
        {
            json["failure"] = failure.ToJson(inWebhook: false);
        }

        json["createdAt"] = JsonText.Instant(refund.CreatedAt);
        json["updatedAt"] = JsonText.Instant(refund.UpdatedAt);
        if (withLinks)
        {
            var charges = new JsonObject { ["href"] = $"/v1/payment-charges/{charge.Id}" };
            json["_links"] = new JsonObject { ["payment_charge"] = charges };
        }

        return json;
    }
}
