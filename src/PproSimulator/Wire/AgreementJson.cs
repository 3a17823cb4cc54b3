using System.Text.Json.Nodes;

namespace PproSimulator;

/// <summary>The AgreementResponse, its fields in PPRO's order (docs/ppro.md, The founding page).</summary>
internal static class AgreementJson
{
    private static readonly string[] Echoed =
    [
        "description",
        "merchantPaymentAgreementReference",
        "frequency",
        "amountType",
        "endDate",
    ];

    public static JsonObject Of(SimAgreement agreement, string publicUrl)
    {
        var json = new JsonObject { ["id"] = agreement.Id, ["status"] = agreement.Status };
        if (agreement.Failure is { } failure)
        {
            json["failure"] = failure.ToJson(inWebhook: false);
        }

        json["paymentMethod"] = agreement.PaymentMethod;
        json["startDate"] = JsonText.Instant(agreement.StartDate);
        Echo(agreement, json, "amount");
        foreach (var name in Echoed)
        {
            Echo(agreement, json, name);
        }

        json["instrumentId"] = agreement.InstrumentId;
        Echo(agreement, json, "consumer");
        if (agreement.Status is "INITIALIZING" or "AUTHENTICATION_PENDING")
        {
            json["authenticationMethods"] = Methods(agreement, publicUrl);
        }

        json["history"] = Copy(agreement.History);
        if (agreement.Revocations.Count > 0)
        {
            json["revocations"] = Copy(agreement.Revocations);
        }

        if (agreement.InitialChargeId is { } initial)
        {
            json["initialPaymentChargeId"] = initial;
        }

        json["createdAt"] = JsonText.Instant(agreement.CreatedAt);
        json["updatedAt"] = JsonText.Instant(agreement.UpdatedAt);
        Echo(agreement, json, "labels");
        return json;
    }

    public static JsonArray Methods(SimAgreement agreement, string publicUrl) =>
        [
            new JsonObject
            {
                ["details"] = new JsonObject
                {
                    ["requestUrl"] = $"{publicUrl}/v0/redirections/forward?redirection_token={agreement.Token}",
                    ["requestMethod"] = "GET",
                },
                ["type"] = "REDIRECT",
            },
        ];

    private static void Echo(SimAgreement agreement, JsonObject json, string name)
    {
        if (agreement.Request[name] is { } value)
        {
            json[name] = value.DeepClone();
        }
    }

    private static JsonArray Copy(List<JsonObject> items) => [.. items.Select(it => it.DeepClone())];
}
