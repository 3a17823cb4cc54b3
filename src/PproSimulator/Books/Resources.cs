using System.Text.Json.Nodes;

namespace PproSimulator;

/// <summary>An amount: minor units and currency.</summary>
public sealed record Amount(long Value, string Currency)
{
    public JsonObject ToJson() => new() { ["value"] = Value, ["currency"] = Currency };
}

/// <summary>Why an operation failed.</summary>
public sealed record SimFailure(string Type, string Code, string Message, bool? IsRetryable)
{
    /// <summary>Webhooks carry no <c>isRetryable</c>.</summary>
    public JsonObject ToJson(bool inWebhook)
    {
        var json = new JsonObject
        {
            ["failureType"] = Type,
            ["failureCode"] = Code,
            ["failureMessage"] = Message,
        };
        if (IsRetryable is { } retryable && !inWebhook)
        {
            json["isRetryable"] = retryable;
        }

        return json;
    }
}

/// <summary>A payment agreement as PPRO keeps it.</summary>
public sealed class SimAgreement
{
    public required string Id { get; init; }

    public required JsonObject Request { get; init; }

    public required string InstrumentId { get; init; }

    public required string Token { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset StartDate { get; init; }

    public string Status { get; set; } = "INITIALIZING";

    public DateTimeOffset? ActiveSince { get; set; }

    /// <summary>What a read showed until when, the oldest first: for reads that lag behind.</summary>
    internal List<(DateTimeOffset Until, JsonObject? Shown)> Earlier { get; } = [];

    public SimFailure? Failure { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public string? InitialChargeId { get; set; }

    public List<JsonObject> History { get; } = [];

    public List<JsonObject> Revocations { get; } = [];

    public string? WebhooksUrl => Request.Text("webhooksUrl");

    public string? Reference => Request.Text("merchantPaymentAgreementReference");

    public string PaymentMethod => Request.Text("paymentMethod") ?? string.Empty;

    public bool IsFinal => Status is "FAILED" || Status.StartsWith("REVOKED", StringComparison.Ordinal);
}

/// <summary>A payment charge on an agreement.</summary>
public sealed class SimCharge
{
    public required string Id { get; init; }

    public required SimAgreement Agreement { get; init; }

    public required JsonObject Request { get; init; }

    public required Amount Amount { get; init; }

    public required string AuthorizationId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Before this no read and no search shows it: a switch of the control API.</summary>
    public DateTimeOffset VisibleFrom { get; init; }

    public string Status { get; set; } = "AUTHORIZATION_PROCESSING";

    public SimFailure? Failure { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public string? CaptureId { get; set; }

    public DateTimeOffset? CapturedAt { get; set; }

    /// <summary>What was captured: what was asked for, unless PPRO was made to err.</summary>
    public Amount Captured
    {
        get => field ?? Amount;
        set;
    }

    /// <summary>When it first had failed; it may have been captured after all.</summary>
    public DateTimeOffset? FailedAt { get; set; }

    /// <summary>One request made it and another charge under the same reference.</summary>
    public bool IsTwin { get; init; }

    public List<SimRefund> Refunds { get; } = [];

    public Dictionary<string, string> Funds { get; } = [];

    public string? Reference => Request.Text("merchantPaymentChargeReference");

    public string? WebhooksUrl => Request.Text("webhooksUrl") ?? Agreement.WebhooksUrl;

    public bool IsCaptured => CapturedAt is not null;

    public long Refunded => Refunds.Where(it => it.Status is not "FAILED").Sum(it => it.Amount);
}

/// <summary>A refund.</summary>
public sealed class SimRefund
{
    public required string Id { get; init; }

    public required JsonObject Request { get; init; }

    public required long Amount { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Before this no read shows it.</summary>
    public DateTimeOffset VisibleFrom { get; init; }

    public string Status { get; set; } = "PENDING";

    public SimFailure? Failure { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>When it first had succeeded; it may have failed later.</summary>
    public DateTimeOffset? SucceededAt { get; set; }

    public string? Reference => Request.Text("merchantRefundReference");
}
