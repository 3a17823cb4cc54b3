using System.Text.Json;
using Billing;

namespace Ppro;

/// <summary>PPRO's AgreementResponse.</summary>
internal static class AgreementWire
{
    public static AgreementReading? Read(JsonElement json)
    {
        if (json.Id("id") is not { } id || json.Word("status") is not { } status)
        {
            return null;
        }

        var redirect = RedirectOf(json);
        return new()
        {
            ProviderId = id,
            Status = StatusOf(status),
            Reference = json.Reference("merchantPaymentAgreementReference"),
            RequestUrl = redirect?.Url("requestUrl"),
            RequestMethod = redirect?.Word("requestMethod"),
            InstrumentId = json.Id("instrumentId"),
            InitialChargeId = json.Id("initialPaymentChargeId"),
            Failure = FailureWire.Find(json),
            StartDate = json.Instant("startDate"),
            CreatedAt = json.Instant("createdAt"),
            UpdatedAt = json.Instant("updatedAt"),
            History = [.. json.Items("history").Select(ReadHistory).OfType<HistoryEntry>()],
            Revocations = [.. json.Items("revocations").Select(ReadRevocation).OfType<Revocation>()],
        };
    }

    /// <summary>Where the consumer approves: other methods have a URL too, but not for a browser.</summary>
    public static JsonElement? RedirectOf(JsonElement json) =>
        json.Items("authenticationMethods").FirstOrDefault(method => method.Word("type") is "REDIRECT").Find("details");

    private static AgreementStatus? StatusOf(string? word) =>
        word switch
        {
            "INITIALIZING" => AgreementStatus.Initializing,
            "AUTHENTICATION_PENDING" => AgreementStatus.AuthenticationPending,
            "AUTHORIZATION_PROCESSING" => AgreementStatus.AuthorizationProcessing,
            "ACTIVE" => AgreementStatus.Active,
            "FAILED" => AgreementStatus.Failed,
            "REVOKED_BY_CONSUMER" => AgreementStatus.RevokedByConsumer,
            "REVOKED_BY_MERCHANT" => AgreementStatus.RevokedByMerchant,
            "REVOKED_BY_PROVIDER" => AgreementStatus.RevokedByProvider,
            _ => null,
        };

    private static HistoryEntry? ReadHistory(JsonElement json) =>
        json.Id("id") is { } id && json.Word("status") is { } status
            ? new(id, status, json.Instant("createdAt") ?? default, FailureWire.Find(json))
            : null;

    private static Revocation? ReadRevocation(JsonElement json) =>
        json.Id("id") is { } id && json.Word("revocationStatus") is { } status
            ? new(id, status, json.Instant("createdAt") ?? default, FailureWire.Find(json))
            : null;
}
