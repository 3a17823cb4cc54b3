using System.Collections.Immutable;

namespace Billing;

/// <summary>Where an attempt stands. The last four are final.</summary>
public enum AttemptState
{
    /// <summary>Travels with the agreement: it waits for the consumer's approval.</summary>
    Waiting,

    /// <summary>Certainly not at PPRO; it will be sent again.</summary>
    Unsent,

    /// <summary>Sent, and PPRO's answer is not known.</summary>
    InDoubt,

    /// <summary>PPRO has it and has not decided.</summary>
    Pending,

    Captured,

    Declined,

    /// <summary>PPRO refused the request itself, or we dropped it before it was ever sent.</summary>
    NotExecuted,

    /// <summary>Reads stayed empty long past the last possible send.</summary>
    NeverHappened,
}

/// <summary>
/// One attempt to collect a price: a PPRO charge, written down before PPRO hears of it. Its reference and key are
/// derived from the agreement, the period and the attempt's number, so no crash and no retry can mint a second one.
/// </summary>
public sealed record Attempt
{
    /// <summary><c>yyyyMMdd-n</c> for the n-th attempt of a period, <c>s-…</c> for a single charge.</summary>
    public required string Key { get; init; }

    public required Money Amount { get; init; }

    /// <summary>PPRO's <c>merchantPaymentChargeReference</c>.</summary>
    public required string Reference { get; init; }

    public required string IdempotencyKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required AttemptState State { get; init; }

    /// <summary>The period it pays for; null for a single charge.</summary>
    public BillingPeriod? Period { get; init; }

    public int Number { get; init; } = 1;

    /// <summary>It was sent as part of the agreement and can never be sent by itself.</summary>
    public bool IsInitial { get; init; }

    public int Sends { get; init; }

    public DateTimeOffset? FirstSentAt { get; init; }

    public DateTimeOffset? LastClaimedAt { get; init; }

    /// <summary>When it was last read back, whatever came of it.</summary>
    public DateTimeOffset? LastLookAt { get; init; }

    /// <summary>Something was heard that only a read can settle, or an unsent attempt may be sent again.</summary>
    public DateTimeOffset? RecheckAt { get; init; }

    public string? ProviderId { get; init; }

    /// <summary>PPRO's status as PPRO spells it.</summary>
    public string? StatusWord { get; init; }

    public Failure? Failure { get; init; }

    public string? CaptureId { get; init; }

    public DateTimeOffset? CapturedAt { get; init; }

    public long CapturedMinorUnits { get; init; }

    /// <summary>What became of it, in order: for people.</summary>
    public ImmutableArray<AttemptEntry> History { get; init; } = [];

    public bool IsOpen => State < AttemptState.Captured;

    /// <summary>PPRO may have it: nothing else may be tried for its period.</summary>
    public bool IsDoubtful => State is AttemptState.InDoubt or AttemptState.Pending;

    internal Attempt Noting(DateTimeOffset at, string what) =>
        this with { History = [.. History.TakeLast(MaxHistory - 1), new(at, what)] };

    private const int MaxHistory = 12;
}

public sealed record AttemptEntry(DateTimeOffset At, string What);
