namespace Billing;

/// <summary>How an agreement ends.</summary>
public sealed partial record Agreement
{
    /// <summary>
    /// True when nothing can be asked of it any more: PPRO has ended it, or we have asked for its end.
    /// </summary>
    public bool IsEnded => Ending is not null || Status?.IsFinal() is true;

    /// <summary>
    /// From here on no charge is begun. PPRO's status stays PPRO's word: until it says that the agreement has ended,
    /// the wish is repeated. A charge in flight is not called back; it is reported.
    /// </summary>
    public Change Cancel(EndedBy by, string? reason, DateTimeOffset now) =>
        IsEnded ? Change.None(this) : Change.To(EndingBy(by, reason, now));

    /// <summary>
    /// Cancels when the service that was begun has ended: at the start of the first period that is neither begun nor
    /// skipped. Without a schedule there is no such day, and it is cancelled now.
    /// </summary>
    public Change CancelAtPeriodEnd(EndedBy by, string? reason, DateTimeOffset now)
    {
        if (IsEnded || Plan.Cancel is not null)
        {
            return Change.None(this);
        }

        var end = Plan.Schedule?.Period(Plan.NextPeriod).Start;
        return end is { } day && day > BillingCalendar.DateAt(now)
            ? Change.To(this with { Plan = Plan with { Cancel = new(day, by, reason, now) } })
            : Cancel(by, reason, now);
    }

    /// <summary>The day of a scheduled cancel has come: who asked for it, and why, stays known.</summary>
    public Change CancelAsScheduled(DateTimeOffset now) =>
        Plan.Cancel is { } cancel && BillingCalendar.DateAt(now) >= cancel.On
            ? Cancel(cancel.By, cancel.Reason, now)
            : Change.None(this);

    /// <summary>A scheduled cancel is taken back; when its day has come there is none any more.</summary>
    public Change TakeCancelBack(DateTimeOffset now) =>
        !IsEnded && Plan.Cancel is { } cancel && BillingCalendar.DateAt(now) < cancel.On
            ? Change.To(this with { Plan = Plan with { Cancel = null } })
            : Change.None(this);

    /// <summary>No period is left, and what was paid for is over.</summary>
    public Change Complete(BillingRules rules, DateTimeOffset now) =>
        PlanEnd.CompletesAt(this, rules) <= now
            ? Cancel(EndedBy.PlanCompleted, "the plan is completed", now)
            : Change.None(this);

    /// <summary>
    /// The consumer's time to approve is over: closed on our side. A late ACTIVE will be revoked. One that PPRO has
    /// named is closed on nothing less than a read of it that was asked for at the deadline or later.
    /// </summary>
    public Change Close(BillingRules rules, DateTimeOffset now) =>
        Status is AgreementStatus.Active or >= AgreementStatus.Failed || !IsApprovalOver(rules, now)
            ? Change.None(this)
            : Change.To(EndingBy(EndedBy.ApprovalExpired, "not approved in time", now));

    /// <summary>True when the deadline has passed, and a read has said so where there is something to read.</summary>
    internal bool IsApprovalOver(BillingRules rules, DateTimeOffset now)
    {
        var deadline = CreatedAt + rules.ApprovalDeadline;
        return now >= deadline && (Provider.Id is null || Provider.ReadAt >= deadline);
    }

    /// <summary>
    /// The one way in which our wish that it ends comes about. A first charge that was captured before we saw the
    /// agreement active goes back; one that is captured later does so too, see <see cref="ChargeOutcomes"/>.
    /// </summary>
    internal Agreement EndingBy(EndedBy by, string? reason, DateTimeOffset now)
    {
        if (Ending is not null)
        {
            return this;
        }

        var ended = this with
        {
            Ending = new(now, by, reason is null ? null : Texts.Cut(reason, Ending.MaxReason))
            {
                WasActive = Provider.ActivatedAt is not null,
            },
        };
        return ended.OwingWhatItTook(now);
    }

    /// <summary>
    /// It has ended, by our wish or because PPRO says that it failed, before we saw it active: a first charge goes
    /// back.
    /// </summary>
    internal bool HasEndedUnseen =>
        Ending is { WasActive: false } || (Status is AgreementStatus.Failed && Provider.ActivatedAt is null);

    private Agreement OwingWhatItTook(DateTimeOffset now) =>
        HasEndedUnseen && CapturedFirstCharge is { } key ? this with { LateCapture = new(key, now) } : this;

    /// <summary>
    /// The key of the first charge when it is captured; null otherwise. Before an agreement is active there can be no
    /// other charge.
    /// </summary>
    private string? CapturedFirstCharge =>
        Terms.InitialCharge is not null && Plan.CapturedPeriods > 0
            ? ChargeKeys.Scheduled(InitialPeriod(Terms, CreatedAt), 1)
            : null;
}
