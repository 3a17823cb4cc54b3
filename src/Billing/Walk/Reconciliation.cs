using System.Collections.Immutable;

namespace Billing;

/// <summary>
/// Our rows against PPRO's list, charge by charge and refund by refund: matched, explained or unexplained. What PPRO
/// says has been heard before; what is left here is what hearing could not settle.
/// </summary>
public static class Reconciliation
{
    /// <summary>PPRO may need this long until its list shows what it did.</summary>
    private static readonly TimeSpan ShownWithin = TimeSpan.FromHours(24);

    /// <param name="pairs">Our attempts and PPRO's charges.</param>
    /// <param name="refunds">Our refunds of all these charges.</param>
    /// <param name="now">The time.</param>
    public static ImmutableArray<Finding> Compare(
        IReadOnlyCollection<ChargePair> pairs,
        IReadOnlyCollection<Refund> refunds,
        DateTimeOffset now
    )
    {
        var references = pairs.Select(it => it.Ours?.Reference).OfType<string>().ToHashSet();
        return
        [
            .. pairs.SelectMany(pair =>
                pair is { Ours: null, Theirs: { Reference: { } reference } twin } && references.Contains(reference)
                    ? [Twin(twin)]
                    : Compare(pair, refunds, now)
            ),
        ];
    }

    /// <summary>A second charge under one reference: when money moved there too, nothing more is charged.</summary>
    private static Finding Twin(ChargeReading theirs) =>
        theirs.Status is ChargeStatus.Captured
            ? Foreign(theirs) with
            {
                Reason = $"a second charge for {theirs.Reference} is {theirs.StatusWord} at PPRO",
                StopsCharging = true,
            }
            : Foreign(theirs);

    /// <summary>
    /// True when PPRO has decided what is still open here, or says otherwise. A charge that travels with an agreement
    /// is left to the approval's own looks.
    /// </summary>
    public static bool IsNews(Attempt ours, ChargeReading theirs) =>
        ours.State is not AttemptState.Waiting
        && theirs.Status switch
        {
            ChargeStatus.Captured => ours.State is not AttemptState.Captured,
            ChargeStatus.NotCaptured => ours.IsOpen,
            _ => ours.State is AttemptState.InDoubt,
        };

    /// <summary>
    /// True when PPRO has decided a refund that is open here, decided one otherwise than we had heard, or made one of
    /// its own.
    /// </summary>
    public static bool IsNews(Refund? ours, RefundReading theirs) =>
        (ours, theirs.Status) switch
        {
            ({ IsOpen: true }, RefundStatus.Pending) => ours.State is not RefundState.Pending,
            ({ IsOpen: true }, _) => true,
            (null or { TookNothing: true }, RefundStatus.Refunded) => true,
            ({ TookNothing: false }, RefundStatus.Failed) => true,
            _ => false,
        };

    private static IEnumerable<Finding> Compare(
        ChargePair pair,
        IReadOnlyCollection<Refund> refunds,
        DateTimeOffset now
    )
    {
        yield return pair switch
        {
            (null, { } theirs) => Foreign(theirs),
            ({ } ours, null) => Missing(ours, now),
            var (ours, theirs) => Both(ours!, theirs!),
        };
        if (pair is not { Ours: { } charge, Theirs: { } atPpro })
        {
            yield break;
        }

        var ofCharge = refunds.Where(it => it.ChargeKey == charge.Key).ToList();
        foreach (var refund in atPpro.Refunds)
        {
            yield return Compare(refund, Pairing.OursOf(refund, ofCharge));
        }

        foreach (var refund in ofCharge.Where(it => Pairing.TheirsOf(it, atPpro.Refunds) is null))
        {
            yield return MissingRefund(refund, now);
        }
    }

    private static Finding Foreign(ChargeReading theirs) =>
        theirs.Status is ChargeStatus.NotCaptured
            ? Finding.Explained(theirs.ProviderId, "a charge that we never made was not captured")
            : Finding.Unexplained(theirs.ProviderId, $"a charge that we never made is {theirs.StatusWord} at PPRO");

    private static Finding Missing(Attempt ours, DateTimeOffset now) =>
        ours switch
        {
            { State: AttemptState.Captured } when now - ours.CapturedAt < ShownWithin => Finding.Explained(
                ours.Key,
                "PPRO's list does not show it yet"
            ),
            { State: AttemptState.Captured } => Finding.Unexplained(ours.Key, "captured here, not in PPRO's list"),
            { IsOpen: true } => Finding.Explained(ours.Key, $"open: {ours.State}"),
            _ => Finding.Matched(ours.Key),
        };

    private static Finding Both(Attempt ours, ChargeReading theirs) =>
        (ours, theirs.Status) switch
        {
            ({ State: AttemptState.Captured }, ChargeStatus.Captured) => CompareCaptured(ours, theirs),
            ({ IsOpen: true }, ChargeStatus.Pending) => Finding.Explained(ours.Key, "PPRO has not decided"),
            ({ IsOpen: false, State: not AttemptState.Captured }, ChargeStatus.NotCaptured) => Finding.Matched(
                ours.Key
            ),
            _ => Finding.Unexplained(ours.Key, $"{ours.State} here, {theirs.StatusWord} at PPRO"),
        };

    /// <summary>Against what PPRO says now, and against what was asked for.</summary>
    private static Finding CompareCaptured(Attempt ours, ChargeReading theirs)
    {
        var (word, asked) = (CapturedMoney.Of(theirs, default).FilledFrom(ours.Amount), ours.Amount);
        return ours.CapturedMinorUnits != word.MinorUnits
                ? Finding.Unexplained(
                    ours.Key,
                    $"captured {ours.CapturedMinorUnits} here and {word.MinorUnits} at PPRO"
                )
            : word.IsJust(asked) ? Finding.Matched(ours.Key)
            : Finding.Unexplained(ours.Key, $"captured {word.MinorUnits} {word.Currency}, and {asked} was asked for");
    }

    private static Finding Compare(RefundReading theirs, Refund? ours) =>
        (theirs.Status, ours) switch
        {
            (RefundStatus.Failed, not { State: RefundState.Refunded }) => Finding.Matched(theirs.ProviderId),
            (RefundStatus.Refunded, { State: RefundState.Refunded }) => ours.Amount.MinorUnits == theirs.MinorUnits
                ? Finding.Matched(theirs.ProviderId)
                : Finding.Unexplained(
                    theirs.ProviderId,
                    $"refunded {ours.Amount.MinorUnits} here and {theirs.MinorUnits} at PPRO"
                ),
            (RefundStatus.Refunded, { State: RefundState.Rejected }) => Finding.Explained(
                theirs.ProviderId,
                "made, and sent back by the consumer's bank"
            ),
            (RefundStatus.Pending, { IsOpen: true }) => Finding.Explained(theirs.ProviderId, "PPRO has not decided"),
            (RefundStatus.Pending, null) => Finding.Explained(theirs.ProviderId, "a refund made at PPRO, not decided"),
            _ => Finding.Unexplained(
                theirs.ProviderId,
                $"refund {ours?.State.ToString() ?? "unknown"} here, {theirs.Status} at PPRO"
            ),
        };

    private static Finding MissingRefund(Refund ours, DateTimeOffset now) =>
        ours switch
        {
            { IsOpen: true } => Finding.Explained(ours.Id, $"refund open: {ours.State}"),
            { State: RefundState.Refunded } when now - ours.CreatedAt >= ShownWithin => Finding.Unexplained(
                ours.Id,
                "refunded here, not at PPRO"
            ),
            { State: RefundState.Refunded } => Finding.Explained(ours.Id, "PPRO's list does not show it yet"),
            _ => Finding.Matched(ours.Id),
        };
}
