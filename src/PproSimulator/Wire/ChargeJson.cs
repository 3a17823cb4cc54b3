using System.Text.Json.Nodes;

namespace PproSimulator;

/// <summary>
/// The charge responses. The answer to a charge on an agreement lacks what only a read shows.
/// </summary>
internal static class ChargeJson
{
    public static JsonObject OfAnswer(SimCharge charge, DateTimeOffset now)
    {
        var json = OfRead(charge, now);
        foreach (
            var name in (string[])["agreementId", "discards", "_links", "paymentMedium", "initiator", "scheduleType"]
        )
        {
            json.Remove(name);
        }

        return json;
    }

    public static JsonObject OfRead(SimCharge charge, DateTimeOffset now)
    {
        var json = new JsonObject
        {
            ["id"] = charge.Id,
            ["paymentMethod"] = charge.Agreement.PaymentMethod,
            ["paymentMedium"] = "ECOMMERCE",
            ["instrumentId"] = charge.Agreement.InstrumentId,
            ["agreementId"] = charge.Agreement.Id,
            ["currency"] = charge.IsCaptured ? charge.Captured.Currency : charge.Amount.Currency,
            ["country"] = charge.Agreement.Request["consumer"].Text("country"),
            ["paymentDescriptor"] = charge.Request.Text("paymentDescriptor") ?? string.Empty,
            ["status"] = charge.Refunds.Exists(it => it.VisibleFrom > now) ? "CAPTURED" : charge.Status,
        };
        Echo(charge, json, "initiator", "scheduleType", "order", "labels");
        json["consumer"] = charge.Agreement.Request["consumer"]?.DeepClone();
        if (charge.Failure is { } failure)
        {
            json["failure"] = failure.ToJson(inWebhook: false);
        }

        json["authorizations"] = new JsonArray(Authorization(charge));
        json["captures"] = charge.IsCaptured ? new JsonArray(Capture(charge)) : new JsonArray();
        json["refunds"] = new JsonArray([
            .. charge
                .Refunds.Where(it => it.VisibleFrom <= now)
                .Select(it => RefundJson.Of(it, charge, withLinks: false)),
        ]);
        json["discards"] = new JsonArray();
        json["voids"] = new JsonArray();
        json["createdAt"] = JsonText.Instant(charge.CreatedAt);
        json["updatedAt"] = JsonText.Instant(charge.UpdatedAt);
        json["_links"] = Links(charge);
        return json;
    }

    private static JsonObject Authorization(SimCharge charge)
    {
        var json = new JsonObject
        {
            ["id"] = charge.AuthorizationId,
            ["amount"] = charge.Amount.Value,
            ["status"] = charge.Status switch
            {
                "FAILED" => "FAILED",
                "AUTHORIZATION_ASYNC" => "PROVIDER_CONFIRMATION_PENDING",
                _ => "AUTHORIZED",
            },
            ["merchantPaymentChargeReference"] = charge.Reference,
        };
        if (charge.Failure is { } failure)
        {
            json["failure"] = failure.ToJson(inWebhook: false);
        }

        json["createdAt"] = JsonText.Instant(charge.CreatedAt);
        json["updatedAt"] = JsonText.Instant(charge.UpdatedAt);
        return json;
    }

    private static JsonObject Capture(SimCharge charge) =>
        new()
        {
            ["id"] = charge.CaptureId,
            ["amount"] = charge.Captured.Value,
            ["status"] = "CAPTURED",
            ["merchantCaptureReference"] = charge.Reference,
            ["createdAt"] = JsonText.Instant(charge.CapturedAt!.Value),
            ["updatedAt"] = JsonText.Instant(charge.CapturedAt!.Value),
        };

    private static JsonObject Links(SimCharge charge)
    {
        var self = $"/v1/payment-charges/{charge.Id}";
        var links = new JsonObject { ["self"] = new JsonObject { ["href"] = self } };
        foreach (var name in (string[])["authorizations", "captures", "refunds", "voids"])
        {
            links[name] = new JsonObject { ["href"] = $"{self}/{name}" };
        }

        return links;
    }

    private static void Echo(SimCharge charge, JsonObject json, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (charge.Request[name] is { } value)
            {
                json[name] = value.DeepClone();
            }
        }
    }
}
