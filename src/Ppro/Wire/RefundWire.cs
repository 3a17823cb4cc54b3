using System.Text.Json;
using Billing;

namespace Ppro;

/// <summary>PPRO's refunds.</summary>
internal static class RefundWire
{
    public static RefundReading? Read(JsonElement json) =>
        json.Id("id") is { } id && json.Word("status") is { } status && json.Integer("amount") is > 0 and var amount
            ? new(
                id,
                StatusOf(status),
                amount,
                json.Reference("merchantRefundReference"),
                FailureWire.Find(json),
                json.Instant("updatedAt") ?? json.Instant("createdAt")
            )
            : null;

    private static RefundStatus StatusOf(string word) =>
        word switch
        {
            "REFUNDED" => RefundStatus.Refunded,
            "FAILED" => RefundStatus.Failed,
            _ => RefundStatus.Pending,
        };
}

/// <summary>PPRO's answer to a revocation, whose status is its own: <c>REVOKED</c> or <c>FAILED</c>.</summary>
internal static class RevocationWire
{
    public static RevocationReading? Read(JsonElement json) =>
        json.Word("status") is { } status ? new(status is "REVOKED", FailureWire.Find(json)) : null;
}
