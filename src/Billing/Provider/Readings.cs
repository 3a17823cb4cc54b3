using System.Collections.Immutable;

namespace Billing;

/// <summary>What PPRO says of an agreement, in answer to a create or a read.</summary>
public sealed record AgreementReading
{
    public required string ProviderId { get; init; }

    /// <summary>Null for a word that we do not know: it moves nothing.</summary>
    public required AgreementStatus? Status { get; init; }

    public string? Reference { get; init; }

    public string? RequestUrl { get; init; }

    public string? RequestMethod { get; init; }

    public string? InstrumentId { get; init; }

    public string? InitialChargeId { get; init; }

    public Failure? Failure { get; init; }

    public DateTimeOffset? StartDate { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public ImmutableArray<HistoryEntry> History { get; init; } = [];

    public ImmutableArray<Revocation> Revocations { get; init; } = [];
}

/// <summary>One entry of PPRO's <c>history[]</c>; the status as PPRO spells it.</summary>
public sealed record HistoryEntry(string Id, string Status, DateTimeOffset CreatedAt, Failure? Failure = null);

/// <summary>One entry of PPRO's <c>revocations[]</c>.</summary>
public sealed record Revocation(string Id, string Status, DateTimeOffset CreatedAt, Failure? Failure = null);

/// <summary>What PPRO says of a charge, in answer to a charge, a read or a search.</summary>
public sealed record ChargeReading
{
    public required string ProviderId { get; init; }

    public required ChargeStatus Status { get; init; }

    /// <summary>The status as PPRO spells it, for people.</summary>
    public required string StatusWord { get; init; }

    /// <summary>PPRO's agreement id; absent in the answer to a charge.</summary>
    public string? AgreementProviderId { get; init; }

    public string? Reference { get; init; }

    public Failure? Failure { get; init; }

    /// <summary>
    /// Sum of the captures with status CAPTURED, in minor units of <see cref="Currency"/>; null when PPRO does not say.
    /// </summary>
    public long? CapturedMinorUnits { get; init; }

    /// <summary>As PPRO spells it; null when PPRO does not say.</summary>
    public string? Currency { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public string? CaptureId { get; init; }

    public DateTimeOffset? CapturedAt { get; init; }

    public ImmutableArray<RefundReading> Refunds { get; init; } = [];
}

/// <summary>PPRO's word about a refund. Unknown words are pending.</summary>
public enum RefundStatus
{
    Pending,
    Failed,
    Refunded,
}

/// <param name="ProviderId">PPRO's id of it.</param>
/// <param name="Status">PPRO's word.</param>
/// <param name="MinorUnits">How much of its charge.</param>
/// <param name="Reference">Our name of it, or the one that was given in PPRO's portal.</param>
/// <param name="Failure">Why it failed.</param>
/// <param name="At">Since when it has been so, by PPRO's clock.</param>
public sealed record RefundReading(
    string ProviderId,
    RefundStatus Status,
    long MinorUnits,
    string? Reference,
    Failure? Failure,
    DateTimeOffset? At
);

/// <summary>PPRO's answer to a revocation: true when it says <c>REVOKED</c>.</summary>
public sealed record RevocationReading(bool IsRevoked, Failure? Failure);

/// <summary>Where the money of a charge's capture and refunds is now.</summary>
public sealed record FundsReading(ImmutableArray<FundsStatus> Statuses);

/// <summary>PPRO's word about one capture or refund, as PPRO spells it.</summary>
public sealed record FundsStatus(string OperationId, string State);
