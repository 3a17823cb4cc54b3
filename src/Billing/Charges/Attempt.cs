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
/// One attempt to collect a price: a PPRO charge. Its reference and key are derived from the agreement, the period and
/// the attempt's number.
/// </summary>
public sealed record Attempt : Outgoing
{
    /// <summary><c>yyyyMMdd-n</c> for the n-th attempt of a period, <c>s-…</c> for a single charge.</summary>
    public required string Key { get; init; }

    public required AttemptState State { get; init; }

    /// <summary>The period it pays for; null for a single charge.</summary>
    public BillingPeriod? Period { get; init; }

    public int Number { get; init; } = 1;

    /// <summary>It was sent as part of the agreement and can never be sent by itself.</summary>
    public bool IsInitial { get; init; }

    /// <summary>PPRO's status as PPRO spells it.</summary>
    public string? StatusWord { get; init; }

    public string? CaptureId { get; init; }

    public DateTimeOffset? CapturedAt { get; init; }

    public long CapturedMinorUnits { get; init; }

    /// <summary>The currency that PPRO says it captured, when it is not the one that was asked for.</summary>
    public string? CapturedCurrency { get; init; }

    /// <summary>The shop asked for it by hand; the schedule did not.</summary>
    public bool IsByHand { get; init; }

    /// <summary>
    /// Money was taken for its period by an earlier attempt, after that had been closed: this one is not sent any more,
    /// and nothing follows it.
    /// </summary>
    public bool IsPeriodTaken { get; init; }

    /// <summary>A person has looked at what PPRO shows under its reference, and it is not this.</summary>
    public bool IsUnclearAccepted { get; init; }

    /// <summary>
    /// What the schedule asks for this period, when the shop asked for another amount by hand: what is tried again by
    /// itself afterwards.
    /// </summary>
    public Money? AmountOfPeriod { get; init; }

    /// <summary>What its refunds took or hold: those that are not failed.</summary>
    public long RefundedMinorUnits { get; init; }

    /// <summary>Where the money of its capture and refunds is.</summary>
    public ImmutableArray<FundsNews> Funds { get; init; } = [];

    public bool IsOpen => State < AttemptState.Captured;

    /// <summary>PPRO may have it: nothing else may be tried for its period.</summary>
    public bool IsDoubtful => State is AttemptState.InDoubt or AttemptState.Pending;

    public override bool IsUnsent => State is AttemptState.Unsent;

    public override bool IsInDoubt => State is AttemptState.InDoubt;

    public override bool CanBeSentAlone => !IsInitial;

    /// <summary>Of what PPRO captured in another currency than was asked for, nothing by itself.</summary>
    public long RefundableMinorUnits => CapturedCurrency is null ? CapturedMinorUnits - RefundedMinorUnits : 0;

    /// <summary>
    /// The method's period less a day, from the capture in UTC: PPRO does not say from when it counts.
    /// </summary>
    public DateTimeOffset? RefundableUntil(MethodRules method) => CapturedAt?.AddDays(method.RefundDays - 1);

    internal override Attempt AsInDoubt() => this with { State = AttemptState.InDoubt };

    internal override Attempt AsUnsent() => this with { State = AttemptState.Unsent };

    internal override Attempt AsNotExecuted() => this with { State = AttemptState.NotExecuted };

    /// <summary>A refund takes so much of it, or gives it free again.</summary>
    internal Attempt Reserving(long minorUnits) => this with { RefundedMinorUnits = RefundedMinorUnits + minorUnits };

    internal Attempt Noting(DateTimeOffset at, string what) => this with { History = Noted(at, what) };
}
