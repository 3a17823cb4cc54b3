using System.Text.Json.Nodes;

namespace PproSimulator;

/// <summary>The books for someone who checks his own against them.</summary>
internal static class BooksJson
{
    public static JsonNode Agreements(PproBooks books) =>
        new JsonArray([
            .. books.Agreements.Select(it => new JsonObject
            {
                ["id"] = it.Id,
                ["reference"] = it.Reference,
                ["status"] = it.Status,
                ["initialPaymentChargeId"] = it.InitialChargeId,
                ["capturedAmount"] = books
                    .Charges.Where(charge => charge.Agreement == it && charge.IsCaptured)
                    .Sum(charge => charge.Captured.Value),
                ["createdAt"] = JsonText.Instant(it.CreatedAt),
            }),
        ]);

    public static JsonNode Charges(PproBooks books) =>
        new JsonArray([
            .. books.Charges.Select(it => new JsonObject
            {
                ["id"] = it.Id,
                ["agreementId"] = it.Agreement.Id,
                ["agreementReference"] = it.Agreement.Reference,
                ["reference"] = it.Reference,
                ["scheduleType"] = it.Request.Text("scheduleType"),
                ["status"] = it.Status,
                ["failureCode"] = it.Failure?.Code,
                ["amount"] = it.Amount.Value,
                ["isCaptured"] = it.IsCaptured,
                ["createdAt"] = JsonText.Instant(it.CreatedAt),
                ["refunds"] = new JsonArray([
                    .. it.Refunds.Select(refund => RefundJson.Of(refund, it, withLinks: false)),
                ]),
                ["funds"] = new JsonObject(
                    it.Funds.Select(funds => KeyValuePair.Create(funds.Key, (JsonNode?)funds.Value))
                ),
            }),
        ]);

    public static JsonNode Refunds(PproBooks books) =>
        new JsonArray([.. books.Charges.SelectMany(charge => charge.Refunds.Select(it => Refund(it, charge)))]);

    public static JsonNode Events(PproBooks books) =>
        new JsonArray([
            .. books.Events.All.Select(it => new JsonObject
            {
                ["id"] = it.Id,
                ["type"] = it.Type,
                ["subject"] = it.Subject,
                ["time"] = JsonText.Instant(it.Time),
                ["hasArrived"] = it.HasArrived,
                ["isDropped"] = it.IsDropped,
                ["nextAt"] = it.NextAt is { } next ? JsonText.Instant(next) : null,
                ["attempts"] = new JsonArray([
                    .. it.Attempts.Select(attempt => new JsonObject
                    {
                        ["at"] = JsonText.Instant(attempt.At),
                        ["outcome"] = attempt.Outcome,
                    }),
                ]),
            }),
        ]);

    private static JsonObject Refund(SimRefund refund, SimCharge charge)
    {
        var json = RefundJson.Of(refund, charge, withLinks: false);
        (json["chargeId"], json["captureId"]) = (charge.Id, charge.CaptureId);
        return json;
    }

    public static JsonNode Requests(PproBooks books, int limit) =>
        new JsonArray([.. books.Requests.TakeLast(Math.Clamp(limit, 1, 10_000)).Select(it => it.DeepClone())]);
}
