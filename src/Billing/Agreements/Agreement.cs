using System.Collections.Immutable;

namespace Billing;

/// <summary>
/// A consumer's standing consent to be charged: PPRO's word about it, our plan, and every attempt that is still open.
/// Nothing here waits, reads a clock or touches the network: each method takes what is true and returns what should
/// be. A method that finds nothing to do returns the very same agreement.
/// </summary>
public sealed partial record Agreement
{
    public const int MaxOpen = 20;

    public required AgreementId Id { get; init; }

    /// <summary>Counts the writes, beside the store's ETag.</summary>
    public int Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required AgreementTerms Terms { get; init; }

    public required CreateRequest Create { get; init; }

    public ProviderSide Provider { get; init; } = ProviderSide.Unheard;

    public BillingPlan Plan { get; init; } = new();

    public ImmutableArray<Attempt> Open { get; init; } = [];

    /// <summary>Refunds that PPRO has not decided, or that we do not know of.</summary>
    public ImmutableArray<Refund> OpenRefunds { get; init; } = [];

    public Ending? Ending { get; init; }

    /// <summary>Money that came although the agreement had been closed, and that goes back.</summary>
    public LateCapture? LateCapture { get; init; }

    /// <summary>What a person has to look at; charging is stopped while there is any.</summary>
    public ImmutableArray<AgreementStop> Stops { get; init; } = [];

    /// <summary>Steps that fail again and again: each waits, and the others go on.</summary>
    public ImmutableArray<StuckStep> Stuck { get; init; } = [];

    public long CapturedMinorUnits { get; init; }

    public long RefundedMinorUnits { get; init; }

    /// <summary>When PPRO last had news of where the money of a capture or a refund is.</summary>
    public DateTimeOffset? FundsNewsAt { get; init; }

    /// <summary>How many single charges were begun on <see cref="SingleChargesOn"/>.</summary>
    public int SingleCharges { get; init; }

    public DateOnly? SingleChargesOn { get; init; }

    /// <summary>
    /// When it must be looked at next; null when it is over. Stored, so that doubled wake-ups fall together.
    /// </summary>
    public DateTimeOffset? NextLookAt { get; init; }

    public AgreementStatus? Status => Provider.Status;

    public bool IsActive => Status is AgreementStatus.Active && Ending is null;

    /// <summary>True while money may be asked for. Every send asks this, first sends and resends alike.</summary>
    public bool MayCharge => WhyNotCharged is null;

    /// <summary>
    /// Why nothing may be asked of it, by its state alone: what a caller is told, and what every send asks.
    /// </summary>
    internal ChargeHindrance? WhyNotCharged =>
        this switch
        {
            { IsEnded: true } => ChargeHindrance.Ended,
            { IsActive: false } => ChargeHindrance.NotYetActive,
            { Stops.IsEmpty: false } => ChargeHindrance.Exception,
            _ => null,
        };

    /// <summary>One that nothing has confirmed for long is read before it is charged.</summary>
    public bool IsFresh(BillingRules rules, DateTimeOffset now) =>
        now - (Provider.ConfirmedAt ?? CreatedAt) < rules.Freshness;

    public Attempt? FindOpen(string key) => Open.FirstOrDefault(attempt => attempt.Key == key);

    internal Agreement WithOpen(Attempt attempt)
    {
        var rest = Open.RemoveAll(it => it.Key == attempt.Key);
        return this with { Open = attempt.IsOpen ? rest.Add(attempt) : rest };
    }

    /// <summary>The one way in which a stored attempt changes.</summary>
    internal Change Move(Attempt attempt, DateTimeOffset now, string what)
    {
        var noted = attempt.Noting(now, what);
        return Change.To(WithOpen(noted), new Fact.AttemptMoved(noted));
    }
}
