using Billing;

namespace Unit.Tests.BillingTests;

public sealed class DunningPlanTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 5)]
    [InlineData(4, 7)]
    public void A_soft_decline_is_tried_again_1_3_5_and_7_days_after_the_due_day(int attempt, int days)
    {
        var dunning = PlanAfter(Attempt(attempt)).Dunning!;

        Assert.Equal(new(A.Period(1), attempt + 1, Opening(A.Period(1).Start.AddDays(days)), A.Price), dunning);
    }

    [Fact]
    public void The_fifth_soft_decline_is_the_last()
    {
        var plan = PlanAfter(Attempt(5));

        Assert.Null(plan.Dunning);
        Assert.True(plan.IsPastDue);
    }

    [Fact]
    public void A_soft_decline_alone_does_not_make_the_agreement_past_due() =>
        Assert.False(PlanAfter(Attempt(1)).IsPastDue);

    [Theory]
    [InlineData("IS_STOLEN_CARD", null)]
    [InlineData("SOMETHING_NEW", null)]
    [InlineData("INSUFFICIENT_FUNDS", false)] // PPRO's word wins
    public void A_hard_decline_is_past_due_at_once(string code, bool? isRetryable)
    {
        var plan = PlanAfter(Attempt(1) with { Failure = new("T", code, null, isRetryable) });

        Assert.Null(plan.Dunning);
        Assert.True(plan.IsPastDue);
    }

    [Fact]
    public void What_never_happened_is_tried_again_like_a_soft_decline() =>
        Assert.NotNull(PlanAfter(Attempt(1) with { Failure = null, State = AttemptState.NeverHappened }).Dunning);

    [Theory]
    [InlineData(FrequencyType.Weekly, 1, "1 3 5")]
    [InlineData(FrequencyType.Daily, 1, "")]
    [InlineData(FrequencyType.Daily, 2, "1")]
    [InlineData(FrequencyType.Daily, 4, "1 3")]
    [InlineData(FrequencyType.Daily, 8, "1 3 5 7")]
    public void For_short_periods_only_the_days_that_fit_are_used(FrequencyType type, int interval, string days)
    {
        var schedule = A.Every(type, interval);
        var agreement = A.Planned(plan => plan with { Schedule = schedule, NextPeriod = 2 });

        Assert.Equal(days, string.Join(' ', RetryDays(agreement, schedule.Period(1))));
    }

    [Fact]
    public void A_decline_that_is_heard_late_uses_the_next_day_that_is_left()
    {
        var now = A.Seoul("2026-02-19T12:00"); // four days after the due day

        Assert.Equal(Opening(A.Day("2026-02-20")), PlanAfter(Attempt(1), now).Dunning!.RetryAt);
    }

    [Fact]
    public void A_decline_that_is_heard_after_the_last_day_is_past_due() =>
        Assert.True(PlanAfter(Attempt(1), A.Seoul("2026-02-23T12:00")).IsPastDue);

    [Fact]
    public void Period_0_that_is_first_tried_late_counts_its_days_from_then()
    {
        var tried = A.Seoul("2026-01-18T22:00");
        var attempt = Attempt(1) with { Period = A.Period(0), CreatedAt = tried, FirstSentAt = tried };
        var plan = PlanAfter(A.Planned(it => it with { NextPeriod = 1 }), attempt, tried);

        Assert.Equal(Opening(A.Day("2026-01-19")), plan.Dunning!.RetryAt);
    }

    [Fact]
    public void A_period_is_no_longer_tried_once_the_next_has_begun()
    {
        var agreement = A.Planned(plan => plan with { NextPeriod = 3 });

        Assert.Same(agreement.Plan, PlanAfter(agreement, Attempt(1), A.Seoul("2026-03-15T12:00")));
    }

    [Theory]
    [InlineData(2, null)] // the next one follows
    [InlineData(2, "2026-03-15")] // it was the last of the term
    [InlineData(3, null)] // the next one was skipped ahead of its time
    public void Retries_end_with_their_period_whatever_follows_and_it_is_past_due(int next, string? endOn)
    {
        var agreement = A.Planned(plan =>
            plan with
            {
                NextPeriod = next,
                EndAt = endOn is null ? null : A.Seoul(endOn + "T00:00"),
                Dunning = new(A.Period(1), 3, A.Seoul("2026-02-18T10:00"), A.Price),
            }
        );
        var (before, over) = (A.Seoul("2026-03-14T23:59:59"), A.Seoul("2026-03-15T00:00"));

        Assert.Same(agreement, agreement.EndDunning(before).Agreement);
        Assert.Contains(new(over, new LookStep.EndDunning()), PeriodAgenda.Items(agreement, A.Rules, before));
        var plan = agreement.EndDunning(over).Agreement.Plan;
        Assert.Equal((null, true), (plan.Dunning, plan.IsPastDue));
    }

    [Fact]
    public void A_retry_stops_on_the_agenda_when_the_next_period_is_current()
    {
        var agreement = A.Planned(plan =>
            plan with
            {
                NextPeriod = 2,
                Dunning = new(A.Period(1), 2, A.Morning, A.Price),
            }
        );

        Assert.Equal(A.Period(2), FirstCharge(agreement, A.Seoul("2026-03-15T12:00")).Due.Period);
    }

    [Theory]
    [InlineData("2026-02-16T12:00", "2026-02-16T12:00")]
    [InlineData("2026-02-16T21:30", null)]
    public void A_retry_that_is_overdue_leaves_only_inside_the_window(string now, string? at)
    {
        var dunning = new Dunning(A.Period(1), 2, A.Seoul("2026-02-16T10:00"), A.Price);
        var agreement = A.Planned(plan => plan with { NextPeriod = 2, Dunning = dunning });
        var expected = at is null ? Opening(A.Day("2026-02-17")) : A.Seoul(at);

        var items = PeriodAgenda.Items(agreement, A.Rules, A.Seoul(now));
        Assert.Equal(expected, items.First(it => it.Step is LookStep.Charge).At);
    }

    [Fact]
    public void A_single_charge_is_never_tried_again()
    {
        var agreement = A.Agreement();

        Assert.Same(agreement.Plan, PlanAfter(agreement, Attempt(1) with { Period = null }, A.Morning));
    }

    /// <summary>Declines every attempt at its own time and lists the days on which another follows.</summary>
    private static IEnumerable<int> RetryDays(Agreement agreement, BillingPeriod period)
    {
        var now = Opening(period.Start);
        var attempt = Attempt(1) with { Period = period };
        while (PlanAfter(agreement, attempt, now).Dunning is { } dunning)
        {
            yield return BillingCalendar.DateAt(dunning.RetryAt).DayNumber - period.Start.DayNumber;
            now = dunning.RetryAt;
            attempt = attempt with { Number = dunning.NextAttempt, CreatedAt = now };
        }
    }

    private static LookStep.Charge FirstCharge(Agreement agreement, DateTimeOffset now) =>
        PeriodAgenda.Items(agreement, A.Rules, now).Select(it => it.Step).OfType<LookStep.Charge>().First();

    private static DateTimeOffset Opening(DateOnly day) => ChargingWindow.OpeningOn(day, A.Id, A.Rules);

    /// <summary>An attempt of period 1 that was declined softly, at the time it was due.</summary>
    private static Attempt Attempt(int number) =>
        A.Charging().Open[0] with
        {
            State = AttemptState.Declined,
            Failure = new("T", "INSUFFICIENT_FUNDS", null, null),
            Period = A.Period(1),
            Number = number,
            CreatedAt = TriedAt(number),
        };

    private static BillingPlan PlanAfter(Attempt attempt) => PlanAfter(attempt, TriedAt(attempt.Number));

    private static BillingPlan PlanAfter(Attempt attempt, DateTimeOffset now) =>
        PlanAfter(A.Planned(plan => plan with { NextPeriod = 2 }), attempt, now);

    private static BillingPlan PlanAfter(Agreement agreement, Attempt attempt, DateTimeOffset now) =>
        DunningPlan.After(agreement, attempt, A.Rules, now);

    private static DateTimeOffset TriedAt(int number) =>
        Opening(A.Period(1).Start.AddDays(number is 1 ? 0 : (2 * number) - 3));
}
