using System.Collections.Immutable;

namespace Billing;

/// <summary>PPRO's word about the agreement: columns merge forward, a status never moves back.</summary>
public sealed partial record Agreement
{
    private static readonly TimeSpan RecheckAgain = TimeSpan.FromMinutes(10);

    /// <summary>
    /// What PPRO says now, when it was asked for that. One that is not ours is not merged: a person has to look at it.
    /// </summary>
    /// <param name="reading">PPRO's word.</param>
    /// <param name="askedAt">When it was asked: what happened at PPRO after that it cannot know.</param>
    /// <param name="now">When it was heard.</param>
    public Change Read(AgreementReading reading, DateTimeOffset askedAt, DateTimeOffset now)
    {
        if (WhyAnother(reading) is { } why)
        {
            return ReadFailed(now).Then(it => it.CallForAPerson(AgreementStop.OfAgreement, why, now));
        }

        var provider = Provider with
        {
            ReadAt = Latest(Provider.ReadAt, askedAt),
            ReadTriedAt = now,
            RecheckAt = Provider.RecheckAt > askedAt ? Provider.RecheckAt : null,
        };
        return (this with { Provider = provider }).Merge(reading, askedAt, now);
    }

    /// <summary>
    /// A read was tried and PPRO did not say. What wanted to be rechecked still does, a little later.
    /// </summary>
    public Change ReadFailed(DateTimeOffset now) =>
        Change.To(
            this with
            {
                Provider = Provider with
                {
                    ReadTriedAt = now,
                    RecheckAt = Provider.RecheckAt is null ? null : now + RecheckAgain,
                },
            }
        );

    /// <summary>
    /// Columns merge forward, whichever of an answer, a read and an event comes first; a status never moves back.
    /// </summary>
    private Change Merge(AgreementReading reading, DateTimeOffset saidAt, DateTimeOffset now)
    {
        var provider = Provider with
        {
            Id = Provider.Id ?? reading.ProviderId,
            RequestUrl = reading.RequestUrl ?? Provider.RequestUrl,
            RequestMethod = reading.RequestMethod ?? Provider.RequestMethod,
            InstrumentId = reading.InstrumentId ?? Provider.InstrumentId,
            InitialChargeId = reading.InitialChargeId ?? Provider.InitialChargeId,
            Failure = reading.Failure ?? Provider.Failure,
            StartDate = Provider.StartDate ?? reading.StartDate,
            CreatedAt = Provider.CreatedAt ?? reading.CreatedAt,
            UpdatedAt = Latest(Provider.UpdatedAt, reading.UpdatedAt),
            History = Longer(reading.History, Provider.History),
            Revocations = Longer(reading.Revocations, Provider.Revocations),
            ConfirmedAt = Latest(Provider.ConfirmedAt, saidAt),
        };
        return (this with { Provider = provider }).MoveTo(reading.Status, now).Then(it => it.LearnInitialChargeId(now));
    }

    /// <summary>Null when this is PPRO's word about our agreement; otherwise why it is not.</summary>
    private string? WhyAnother(AgreementReading reading) =>
        Provider.Id is { } known && known != reading.ProviderId
            ? $"it is {Texts.Both(known, reading.ProviderId)} at PPRO"
        : reading.Reference is { } other && other != Id.Value
            ? $"{reading.ProviderId} is of another reference at PPRO: {other}"
        : null;

    /// <summary>
    /// Statuses only move forward: a late or repeated word changes nothing, but that it has been active is remembered.
    /// </summary>
    internal Change MoveTo(AgreementStatus? status, DateTimeOffset now)
    {
        if (status is not { } next || Status >= next || Status?.IsFinal() is true)
        {
            var isLateWord = status is AgreementStatus.Active && Status > AgreementStatus.Failed;
            return isLateWord && Provider.ActivatedAt is null
                ? Change.To(this with { Provider = Provider with { ActivatedAt = now } })
                : Change.None(this);
        }

        var moved = this with { Provider = Provider with { Status = next } };
        return next switch
        {
            AgreementStatus.Active => moved.Activate(now),
            AgreementStatus.Failed => moved.OwingWhatItTook(now).DropWaiting(now),
            _ when next.IsFinal() => moved.DoubtWaiting(now, "agreement revoked"),
            _ => Change.To(moved),
        };
    }

    private Change Activate(DateTimeOffset now) =>
        (this with { Provider = Provider with { ActivatedAt = now } }).DoubtWaiting(now, "agreement active");

    /// <summary>The later of two moments, either of which may be unknown.</summary>
    public static DateTimeOffset? Latest(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other > one ? other : one;

    /// <summary>PPRO's list grows at its end: of the longer one the newest entries are kept.</summary>
    private static ImmutableArray<T> Longer<T>(ImmutableArray<T> read, ImmutableArray<T> kept)
    {
        ImmutableArray<T> newest = [.. read.TakeLast(ProviderSide.MaxEntries)];
        return newest.Length >= kept.Length ? newest : kept;
    }
}
