using Billing;
using CsCheck;

namespace Unit.Tests.BillingTests;

public sealed class AgendaLaws
{
    private static readonly Gen<DateTimeOffset?> Times = Gen.Int[-50_000, 50_000]
        .Select(minutes => (DateTimeOffset?)A.Morning.AddMinutes(minutes));

    private static readonly Gen<AttemptState> OpenStates = Gen.OneOf(
        AttemptState.Unsent,
        AttemptState.InDoubt,
        AttemptState.Pending
    );

    private static readonly Gen<Attempt> Attempts = Gen.Select(Gen.Int[0, 5], OpenStates, Times, Times)
        .Select(
            (period, state, looked, recheck) =>
                A.Charging().Open[0] with
                {
                    Key = $"{A.Period(period).Name}-1",
                    Period = A.Period(period),
                    State = state,
                    LastLookAt = looked,
                    RecheckAt = recheck,
                }
        );

    private static readonly Gen<ProviderSide> Providers = Gen.Select(
            Gen.Enum<AgreementStatus>(),
            Times,
            Times,
            Times,
            Gen.Bool
        )
        .Select(
            (status, confirmed, tried, activated, isKnown) =>
                new ProviderSide
                {
                    Id = isKnown ? "agr_1" : null,
                    Status = status,
                    ConfirmedAt = confirmed,
                    ReadTriedAt = tried,
                    ActivatedAt = activated,
                }
        );

    private static readonly Gen<Agreement> Agreements = Gen.Select(
            Providers,
            Attempts.Array[0, 3],
            Gen.Int[0, 6],
            Gen.Bool,
            Gen.Bool,
            Gen.Bool
        )
        .Select(
            (provider, open, next, isEnding, isScheduled, isException) =>
                A.Agreement() with
                {
                    Provider = provider,
                    Open = [.. open.DistinctBy(attempt => attempt.Key)],
                    Plan = A.Agreement().Plan with { NextPeriod = next, Schedule = isScheduled ? A.Monthly() : null },
                    Ending = isEnding ? new(A.Morning, EndedBy.Storefront, null) : null,
                    Stops = isException ? [new("agreement", "two charges", A.Morning)] : [],
                }
        );

    /// <summary>Half a year in which all these attempts' periods come and go.</summary>
    private static readonly Gen<DateTimeOffset> Months = Gen.Int[0, 260_000]
        .Select(minutes => A.Morning.AddMinutes(minutes));

    private static readonly Gen<DateTimeOffset> Nows = Times.Select(time => time!.Value);

    [Fact]
    public void A_live_agreement_always_has_a_next_look_and_one_that_is_over_never() =>
        Gen.Select(Agreements, Nows)
            .Sample(
                (agreement, now) => Agenda.NextLookAt(agreement, A.Rules, now) is null == IsOver(agreement),
                iter: 2_000
            );

    [Fact]
    public void The_same_agreement_at_the_same_time_has_the_same_agenda() =>
        Gen.Select(Agreements, Nows)
            .Sample((agreement, now) => agreement.Steps(now).SequenceEqual(agreement.Steps(now)));

    [Fact]
    public void A_step_is_due_exactly_when_the_next_look_has_come() =>
        Gen.Select(Agreements, Nows)
            .Sample(
                (agreement, now) =>
                    Agenda.NextLookAt(agreement, A.Rules, now) <= now
                    == Agenda.DueStep(agreement, A.Rules, now) is not null
            );

    [Fact]
    public void What_is_due_and_needs_nobody_else_moves_on() =>
        Gen.Select(Agreements, Months.Array[3], Gen.Bool, Gen.Int[0, 3])
            .Sample(
                (agreement, times, isPaused, catchUp) =>
                {
                    var now = times.Max();
                    var it = agreement with
                    {
                        Open = [.. agreement.Open.Select(open => Made(open, times[0]))],
                        Plan = agreement.Plan with { CatchUp = catchUp, PausedAt = isPaused ? times[1] : null },
                    };
                    var due = Agenda.Items(it, A.Rules, now).Where(item => item.At <= now);
                    return due.All(item => !ReferenceEquals(Decide(it, item.Step, now)?.Agreement, it));
                },
                iter: 10_000
            );

    [Fact]
    public void Nothing_is_charged_that_may_not_be() =>
        Gen.Select(Agreements, Nows)
            .Sample(
                (agreement, now) => agreement.MayCharge || agreement.Steps(now).All(step => step is not LookStep.Charge)
            );

    [Fact]
    public void Of_what_has_ended_or_is_not_active_no_period_passes() =>
        Gen.Select(Agreements, Nows)
            .Sample(
                (agreement, now) => agreement.IsActive || agreement.Steps(now).All(step => step is not LookStep.Skip)
            );

    [Fact]
    public void A_clock_that_moves_backwards_charges_nothing_anew() =>
        Gen.Select(Gen.Int[1, 400], Gen.Int[1, 400])
            .Sample(
                (days, back) =>
                {
                    var now = A.Seoul("2026-01-15T12:00").AddDays(days);
                    var current = A.Monthly().NumberOn(BillingCalendar.DateAt(now));
                    var agreement = A.Planned(plan => plan with { NextPeriod = current + 1 });

                    return Agenda.DueStep(agreement, A.Rules, now.AddDays(-back)) is null or LookStep.Read;
                }
            );

    private static Attempt Made(Attempt attempt, DateTimeOffset at) =>
        attempt with
        {
            CreatedAt = at,
            Sends = attempt.IsUnsent ? 0 : attempt.Sends,
        };

    /// <summary>Null for a step that asks PPRO.</summary>
    private static Change? Decide(Agreement agreement, LookStep step, DateTimeOffset now) =>
        step switch
        {
            LookStep.Drop drop => agreement.Drop(drop.Key, now),
            LookStep.Send send => agreement.SendUnsent(send.Key, now),
            LookStep.Skip skip => agreement.Skip(skip.Through, skip.Reason, now),
            LookStep.EndDunning => agreement.EndDunning(now),
            LookStep.Close => agreement.Close(now),
            LookStep.Cancel => agreement.Cancel(now),
            _ => null,
        };

    private static bool IsOver(Agreement agreement) =>
        agreement.Open.IsEmpty
        && (agreement.Status?.IsFinal() is true || agreement is { Ending: not null, Provider.Id: null });
}
