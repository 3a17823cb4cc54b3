using System.Collections.Immutable;

namespace Billing;

/// <summary>
/// A request that moves money, written down before PPRO hears of it. Its reference and key are derived, so no crash and
/// no retry can mint a second one.
/// </summary>
public abstract record Outgoing
{
    private const int MaxHistory = 12;
    private const int MaxEntry = 120;

    /// <summary>What certainly did not reach PPRO is tried again after this.</summary>
    internal static readonly TimeSpan Postponed = TimeSpan.FromMinutes(15);

    /// <summary>What PPRO refused for our pace alone is sent again sooner.</summary>
    internal static TimeSpan WaitAfter(Refusal refusal) =>
        refusal.Kind is RefusalKind.RateLimited ? TimeSpan.FromMinutes(1) : Postponed;

    public required Money Amount { get; init; }

    /// <summary>
    /// Our name of it at PPRO: <c>merchantPaymentChargeReference</c> or <c>merchantRefundReference</c>.
    /// </summary>
    public required string Reference { get; init; }

    public required string IdempotencyKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public int Sends { get; init; }

    public DateTimeOffset? FirstSentAt { get; init; }

    public DateTimeOffset? LastClaimedAt { get; init; }

    /// <summary>When it was last read back, whatever came of it.</summary>
    public DateTimeOffset? LastLookAt { get; init; }

    /// <summary>Something was heard that only a read can settle, or an unsent one may be sent again.</summary>
    public DateTimeOffset? RecheckAt { get; init; }

    public string? ProviderId { get; init; }

    public Failure? Failure { get; init; }

    /// <summary>What became of it, in order: for people.</summary>
    public ImmutableArray<AttemptEntry> History { get; init; } = [];

    /// <summary>Certainly not at PPRO, and to be sent again.</summary>
    public abstract bool IsUnsent { get; }

    /// <summary>Sent, and PPRO's answer is not known.</summary>
    public abstract bool IsInDoubt { get; }

    /// <summary>False for what travels as a part of another request.</summary>
    public virtual bool CanBeSentAlone => true;

    /// <summary>
    /// When it must be looked at next. The looks count from the first send: were they to begin anew with every resend,
    /// a PPRO in trouble would be asked for everything every few minutes.
    /// </summary>
    public DateTimeOffset NextLookAt
    {
        get
        {
            var seen = Agreement.Latest(LastClaimedAt, LastLookAt);
            var rung = IsUnsent ? RecheckAt ?? CreatedAt : LookTimes.After(FirstSentAt ?? CreatedAt, seen);
            return RecheckAt < rung ? RecheckAt.Value : rung;
        }
    }

    /// <summary>
    /// True when one more send would be allowed by the clocks: the first one, or, for one in doubt, another more than
    /// three minutes after the last and within 20 h of the first. For one in doubt, the caller has just looked for it
    /// at PPRO, in the same look, and found nothing.
    /// </summary>
    public bool MayBeSent(DateTimeOffset now)
    {
        if (
            IsUnsent
            || !IsInDoubt
            || ProviderId is not null
            || FirstSentAt is not { } first
            || LastClaimedAt is not { } last
        )
        {
            return IsUnsent && CanBeSentAlone;
        }

        return CanBeSentAlone
            && now >= first
            && now - first < SendRules.ResendUntil
            && now - last > SendRules.ResendAfter;
    }

    /// <summary>
    /// True when this claim was for the only send there ever was, and nobody has answered it: only then a refusal
    /// proves that nothing was executed. The moment tells it from a later first claim, after the first was refused.
    /// </summary>
    public bool IsOnlySendOf(Claim claim) =>
        claim.Sends is 1 && Sends is 1 && IsInDoubt && ProviderId is null && LastClaimedAt == claim.At;

    /// <summary>True when reads have stayed empty so long that it can be closed as "never happened".</summary>
    public bool HasNeverHappened(BillingRules rules, DateTimeOffset now) =>
        IsInDoubt
        && ProviderId is null
        && LastClaimedAt is { } claimed
        && now >= SendRules.LastPossibleSend(claimed) + rules.NeverHappenedAfter;

    /// <summary>This request, sent and without an answer.</summary>
    internal abstract Outgoing AsInDoubt();

    /// <summary>This request, certainly not at PPRO.</summary>
    internal abstract Outgoing AsUnsent();

    /// <summary>This request, refused.</summary>
    internal abstract Outgoing AsNotExecuted();

    protected ImmutableArray<AttemptEntry> Noted(DateTimeOffset at, string what) =>
        [.. History.TakeLast(MaxHistory - 1), new(at, Texts.Cut(what, MaxEntry))];
}

public sealed record AttemptEntry(DateTimeOffset At, string What);

/// <summary>What becomes of a request that moves money, whichever it is.</summary>
internal static class OutgoingMoves
{
    /// <summary>One more send is claimed.</summary>
    public static T SentAgain<T>(this T it, DateTimeOffset now)
        where T : Outgoing =>
        (T)(
            it.AsInDoubt() with
            {
                Sends = it.Sends + 1,
                FirstSentAt = it.Sends is 0 ? now : it.FirstSentAt,
                LastClaimedAt = now,
                RecheckAt = null,
            }
        );

    /// <summary>It is not at PPRO for certain, and is sent again from then on.</summary>
    public static T NotYetSent<T>(this T it, DateTimeOffset again)
        where T : Outgoing => (T)(it.AsUnsent() with { Sends = 0, RecheckAt = again });

    /// <summary>PPRO refused the request itself.</summary>
    public static T RefusedFor<T>(this T it, Refusal refusal)
        where T : Outgoing =>
        (T)(
            it.AsNotExecuted() with
            {
                Failure = new("REQUEST_REFUSED", refusal.Code, refusal.Message, IsRetryable: false),
            }
        );

    /// <summary>PPRO spoke of it, under this id.</summary>
    public static T HeardOf<T>(this T it, string providerId, DateTimeOffset now)
        where T : Outgoing => (T)(it with { ProviderId = providerId, LastLookAt = now, RecheckAt = null });

    /// <summary>It was looked for, and nothing new was learnt. One that waits to be sent goes on waiting.</summary>
    public static T LookedFor<T>(this T it, DateTimeOffset now)
        where T : Outgoing =>
        (T)(it with { LastLookAt = now, RecheckAt = it.IsUnsent ? now + Outgoing.Postponed : null });
}
