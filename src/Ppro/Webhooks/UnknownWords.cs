using System.Collections.Frozen;
using System.Text.Json;

namespace Ppro;

/// <summary>
/// The words of an event's enums (docs/ppro.md, Statuses, and docs/ppro.md, Funds): one that is not here is new, and
/// someone should hear of it.
/// </summary>
internal static class UnknownWords
{
    private static readonly FrozenDictionary<string, FrozenSet<string>> Known = new Dictionary<string, string>
    {
        ["paymentAgreementStatus"] =
            "INITIALIZING AUTHENTICATION_PENDING AUTHORIZATION_PROCESSING ACTIVE FAILED "
            + "REVOKED_BY_CONSUMER REVOKED_BY_MERCHANT REVOKED_BY_PROVIDER",
        ["paymentChargeStatus"] =
            "AUTHORIZATION_PROCESSING AUTHORIZATION_ASYNC AUTHENTICATION_PENDING CAPTURE_PENDING CAPTURE_PROCESSING "
            + "CAPTURED REFUND_PROCESSING REFUNDED VOID_PROCESSING VOIDED DISCARD_PROCESSING DISCARDED FAILED",
        ["fundsState"] =
            "CAPTURE_FUNDS_WAITING CAPTURE_FUNDS_RECEIVED CAPTURE_FUNDS_MISSING CAPTURE_FUNDS_NOT_EXPECTED "
            + "REFUND_FUNDS_WAITING REFUND_FUNDS_SENT REFUND_FUNDS_REJECTED REFUND_FUNDS_NOT_EXPECTED",
        ["paymentOperationType"] = "CAPTURE REFUND",
    }.ToFrozenDictionary(it => it.Key, it => it.Value.Split(' ').ToFrozenSet(StringComparer.Ordinal));

    /// <summary>The first word that is not known; null when all are.</summary>
    public static string? FindIn(JsonElement data) =>
        Known
            .Select(it => data.Word(it.Key) is { } word && !it.Value.Contains(word) ? word : null)
            .FirstOrDefault(word => word is not null);
}
