namespace Billing;

/// <summary>What PPRO says of a charge, by an answer, a read or a search.</summary>
public sealed partial record Agreement
{
    /// <summary>
    /// What PPRO finally says wins, by read or by answer, whatever we had concluded. The attempt may be closed
    /// already: then it comes from its row. A word about something else than was asked for is not believed.
    /// </summary>
    public Change Hear(Attempt attempt, ChargeReading reading, BillingRules rules, DateTimeOffset now)
    {
        if (WhyOfAnother(attempt, reading) is { } why)
        {
            var looked = Looked(attempt.Key, now);
            return reading.Status is ChargeStatus.NotCaptured
                ? looked
                : looked.Then(it => it.CallForAPerson(attempt.Key, why, now));
        }

        if (attempt.ProviderId is { } known && known != reading.ProviderId)
        {
            return HearTwin(attempt, reading, Both(known, reading.ProviderId), now);
        }

        var heard = attempt with
        {
            ProviderId = reading.ProviderId,
            StatusWord = reading.StatusWord,
            FirstSentAt = attempt.FirstSentAt ?? (attempt.IsInitial ? reading.CreatedAt : null),
            LastLookAt = now,
            RecheckAt = null,
        };
        return reading.Status switch
        {
            ChargeStatus.Captured when attempt.State is not AttemptState.Captured => Capture(
                heard,
                CapturedMoney.Of(reading, now),
                now
            ),
            ChargeStatus.NotCaptured when attempt.IsOpen => Decline(
                heard with
                {
                    Failure = Failure.Merge(reading.Failure, attempt.Failure),
                },
                rules,
                now
            ),
            ChargeStatus.Pending when attempt.IsOpen => Move(
                heard with
                {
                    State = AttemptState.Pending,
                },
                now,
                reading.StatusWord
            ),
            _ => Change.None(this),
        };
    }

    /// <summary>
    /// Several charges of ours were found under one reference. When one of them was captured, that is what became of
    /// the attempt, whatever else was found; a person has to look at it in any case.
    /// </summary>
    public Change HearSeveral(
        Attempt attempt,
        IReadOnlyCollection<ChargeReading> found,
        BillingRules rules,
        DateTimeOffset now
    )
    {
        var captured = found
            .Where(it => it.Status is ChargeStatus.Captured)
            .OrderBy(it => it.CapturedAt)
            .ThenBy(it => it.ProviderId, StringComparer.Ordinal)
            .FirstOrDefault();
        var heard = captured is null
            ? Looked(attempt.Key, now)
            : Hear(attempt with { ProviderId = captured.ProviderId }, captured, rules, now);
        return heard.Then(it => it.CallForAPerson(attempt.Key, $"{found.Count} charges found at PPRO", now));
    }

    /// <summary>
    /// Null when this is PPRO's word about this attempt, as far as PPRO says; otherwise why it is not.
    /// </summary>
    private string? WhyOfAnother(Attempt attempt, ChargeReading reading) =>
        reading.Reference is { } reference && reference != attempt.Reference
            ? $"asked about it, PPRO speaks of {reading.ProviderId}, which is {reference}"
        : reading.AgreementProviderId is { } agreement && Provider.Id is { } ours && agreement != ours
            ? $"asked about it, PPRO speaks of {reading.ProviderId}, which is of {agreement}"
        : null;

    /// <summary>
    /// PPRO has a second charge of ours under this reference. One that was captured wins over one that was not; a
    /// person has to look at it in any case.
    /// </summary>
    private Change HearTwin(Attempt attempt, ChargeReading reading, string both, DateTimeOffset now)
    {
        var looked = Looked(attempt.Key, now);
        if (reading.Status is ChargeStatus.NotCaptured)
        {
            return looked;
        }

        var isWord = reading.Status is ChargeStatus.Captured && attempt.State is not AttemptState.Captured;
        var twin = attempt with { ProviderId = reading.ProviderId, LastLookAt = now, RecheckAt = null };
        var heard = isWord ? Capture(twin, CapturedMoney.Of(reading, now), now) : looked;
        return heard.Then(it => it.CallForAPerson(attempt.Key, $"it is {both} at PPRO", now));
    }
}
