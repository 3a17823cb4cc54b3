using System.Collections.Immutable;
using System.Text.Json;
using Billing;

namespace Ppro;

/// <summary>PPRO's answers about charges (docs/ppro.md, Charges): one lenient reading for all of them.</summary>
internal static class ChargeWire
{
    public static ChargeReading? Read(JsonElement json)
    {
        if (json.Id("id") is not { } id || json.Word("status") is not { } status)
        {
            return null;
        }

        if (ReadRefunds(json) is not { } refunds)
        {
            return null;
        }

        var captures = json.Items("captures").Where(capture => capture.Word("status") is "CAPTURED").ToList();
        var authorizations = json.Items("authorizations").ToList();
        return new()
        {
            ProviderId = id,
            Status = captures.Count > 0 ? ChargeStatus.Captured : StatusOf(status),
            StatusWord = status,
            AgreementProviderId = json.Id("agreementId"),
            Reference =
                json.Reference("merchantPaymentChargeReference")
                ?? authorizations
                    .Select(it => it.Reference("merchantPaymentChargeReference"))
                    .FirstOrDefault(it => it is not null),
            Failure =
                FailureWire.Find(json) ?? authorizations.Select(FailureWire.Find).LastOrDefault(it => it is not null),
            Currency = json.Word("currency"),
            CreatedAt = json.Instant("createdAt"),
            CapturedMinorUnits = captures.Exists(it => it.Integer("amount") is not null)
                ? captures.Sum(it => it.Integer("amount") ?? 0)
                : null,
            CaptureId = captures.Select(capture => capture.Id("id")).FirstOrDefault(),
            CapturedAt = captures.Select(capture => capture.Instant("createdAt")).FirstOrDefault(),
            Refunds = refunds,
        };
    }

    /// <summary>
    /// A refund that cannot be read spoils the charge: leaving it out would say that it never happened.
    /// </summary>
    private static ImmutableArray<RefundReading>? ReadRefunds(JsonElement json)
    {
        var refunds = json.Items("refunds").Select(RefundWire.Read).ToList();
        return refunds.Contains(null) ? null : [.. refunds!];
    }

    /// <summary>Money that came back had moved: refunded is captured. What we do not know is pending.</summary>
    private static ChargeStatus StatusOf(string word) =>
        word switch
        {
            "CAPTURED" or "REFUND_PROCESSING" or "REFUNDED" => ChargeStatus.Captured,
            "FAILED" or "VOIDED" or "DISCARDED" => ChargeStatus.NotCaptured,
            _ => ChargeStatus.Pending,
        };
}
