using System.Text.Json.Nodes;

namespace PproSimulator;

/// <summary>What webhooks say of a charge (docs/ppro.md, Webhooks: types).</summary>
public sealed partial class PproBooks
{
    private static JsonObject OfAuthorization(SimCharge charge) =>
        new() { ["authorizationId"] = charge.AuthorizationId, ["amount"] = charge.Amount.ToJson() };

    private static JsonObject Created(SimCharge charge)
    {
        var data = new JsonObject { ["paymentMedium"] = "ECOMMERCE", ["amount"] = charge.Amount.ToJson() };
        foreach (var name in (string[])["initiator", "paymentDescriptor", "order"])
        {
            if (charge.Request[name] is { } value)
            {
                data[name] = value.DeepClone();
            }
        }

        data["consumer"] = charge.Agreement.Request["consumer"]?.DeepClone();
        data["instrument"] = new JsonObject { ["id"] = charge.Agreement.InstrumentId, ["type"] = "PASSTHROUGH_WALLET" };
        return data;
    }

    private void PublishCharge(SimCharge charge, string type, JsonObject extra)
    {
        var data = new JsonObject
        {
            ["paymentChargeId"] = charge.Id,
            ["paymentChargeStatus"] = charge.Status,
            ["paymentMethod"] = charge.Agreement.PaymentMethod,
            ["merchantId"] = settings.MerchantId,
            ["merchantPaymentChargeReference"] = charge.Reference,
            ["orderReferenceNumber"] = charge.Request["order"].Text("orderReferenceNumber"),
            ["type"] = type,
        };
        foreach (var (name, value) in extra)
        {
            data[name] = value?.DeepClone();
        }

        foreach (var absent in data.Where(it => it.Value is null).Select(it => it.Key).ToList())
        {
            data.Remove(absent);
        }

        Publish(type, charge.Id, charge.WebhooksUrl, data);
    }
}
