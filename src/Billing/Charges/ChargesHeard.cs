namespace Billing;

/// <summary>What PPRO says of a charge, by an answer, a read or a search.</summary>
public static class ChargesHeard
{
    /// <summary>
    /// What PPRO finally says wins, by read or by answer, whatever we had concluded. The attempt may be closed
    /// already: then it comes from its row. A word about something else than was asked for is not believed.
    /// </summary>
    public static Change Hear(
        this Agreement agreement,
        Attempt attempt,
        ChargeReading reading,
        BillingRules rules,
        DateTimeOffset now
    )
    {
        if (agreement.WhyOfAnother(attempt, reading) is { } why)
        {
            var looked = agreement.Looked(attempt.Key, now);
            return reading.Status is ChargeStatus.NotCaptured
                ? looked
                : looked.Then(it => it.CallForAPerson(attempt.Key, why, now));
        }

        if (attempt.ProviderId is { } known && known != reading.ProviderId)
        {
            return agreement.HearTwin(attempt, reading, Texts.Both(known, reading.ProviderId), now);
        }

        var heard = attempt.HeardOf(reading.ProviderId, now) with
        {
            StatusWord = reading.StatusWord,
            FirstSentAt = attempt.FirstSentAt ?? (attempt.IsInitial ? reading.CreatedAt : null),
        };
        return reading.Status switch
        {
            ChargeStatus.Captured when attempt.State is not AttemptState.Captured => agreement.Capture(
                heard,
                CapturedMoney.Of(reading, now),
                now
            ),
            ChargeStatus.Captured => agreement.CompareCaptured(attempt, CapturedMoney.Of(reading, now), now),
            ChargeStatus.NotCaptured when attempt.IsOpen => agreement.HearDeclined(
                heard with
                {
                    Failure = Failure.Merge(reading.Failure, attempt.Failure),
                },
                isFirstWord: attempt.StatusWord != reading.StatusWord,
                rules,
                now
            ),
            ChargeStatus.Pending when attempt.IsOpen => agreement.Move(
                heard with
                {
                    State = AttemptState.Pending,
                },
                now,
                reading.StatusWord
            ),
            _ => Change.None(agreement),
        };
    }

    /// <summary>
    /// A decline without a code could be any. Its event may have one and still be on its way: it is read once more
    /// before it counts.
    /// </summary>
    private static Change HearDeclined(
        this Agreement agreement,
        Attempt attempt,
        bool isFirstWord,
        BillingRules rules,
        DateTimeOffset now
    ) =>
        attempt.Failure?.Code is null && isFirstWord
            ? agreement.Move(
                attempt with
                {
                    State = AttemptState.Pending,
                    RecheckAt = now + ReadAgain,
                },
                now,
                $"{attempt.StatusWord}, without a code"
            )
            : agreement.Decline(attempt, rules, now);

    private static readonly TimeSpan ReadAgain = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Several charges of ours were found under one reference. When one of them was captured, that is what became of
    /// the attempt, whatever else was found; when none of them can be any more, it was declined. A person has to look
    /// at it in any case.
    /// </summary>
    public static Change HearSeveral(
        this Agreement agreement,
        Attempt attempt,
        IReadOnlyCollection<ChargeReading> found,
        BillingRules rules,
        DateTimeOffset now
    )
    {
        var isDeclined = found.All(it => it.Status is ChargeStatus.NotCaptured);
        var word = found
            .Where(it => isDeclined || it.Status is ChargeStatus.Captured)
            .OrderBy(it => it.CapturedAt)
            .ThenBy(it => it.ProviderId, StringComparer.Ordinal)
            .FirstOrDefault();
        var heard = word is null
            ? agreement.Looked(attempt.Key, now)
            : agreement.Hear(attempt with { ProviderId = word.ProviderId }, word, rules, now);
        return heard.Then(it => it.CallForAPerson(attempt.Key, $"{found.Count} charges found at PPRO", now));
    }

    /// <summary>
    /// Null when this is PPRO's word about this attempt, as far as PPRO says; otherwise why it is not.
    /// </summary>
    private static string? WhyOfAnother(this Agreement agreement, Attempt attempt, ChargeReading reading) =>
        reading.Reference is { } reference && reference != attempt.Reference
            ? $"asked about it, PPRO speaks of {reading.ProviderId}, which is {reference}"
        : reading.AgreementProviderId is { } theirs && agreement.Provider.Id is { } ours && theirs != ours
            ? $"asked about it, PPRO speaks of {reading.ProviderId}, which is of {theirs}"
        : null;

    /// <summary>
    /// PPRO has a second charge of ours under this reference. One that was captured wins over one that was not; a
    /// person has to look at it in any case.
    /// </summary>
    private static Change HearTwin(
        this Agreement agreement,
        Attempt attempt,
        ChargeReading reading,
        string both,
        DateTimeOffset now
    )
    {
        var looked = agreement.Looked(attempt.Key, now);
        if (reading.Status is ChargeStatus.NotCaptured)
        {
            return looked;
        }

        var isWord = reading.Status is ChargeStatus.Captured && attempt.State is not AttemptState.Captured;
        var twin = attempt.HeardOf(reading.ProviderId, now);
        var heard = isWord ? agreement.Capture(twin, CapturedMoney.Of(reading, now), now) : looked;
        return heard.Then(it => it.CallForAPerson(attempt.Key, $"it is {both} at PPRO", now));
    }
}
