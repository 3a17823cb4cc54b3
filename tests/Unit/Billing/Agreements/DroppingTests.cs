using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>What becomes of an attempt that PPRO never had, when it is no longer wanted.</summary>
public sealed class DroppingTests
{
    private const string Key = "20260115-1";
    private static readonly DateTimeOffset LastMoment = A.Seoul("2026-02-14T23:59:59");
    private static readonly DateTimeOffset PeriodIsOver = A.Seoul("2026-02-15T00:00");

    [Fact]
    public void An_unsent_attempt_of_an_agreement_that_ends_is_dropped()
    {
        var change = (Unsent() with { Ending = new(A.Morning, EndedBy.Storefront, null) }).Drop(Key, A.Morning);

        Assert.Empty(change.Agreement.Open);
        Assert.Equal(AttemptState.NotExecuted, change.Moved().State);
        Assert.DoesNotContain(change.Facts, fact => fact is Fact.PeriodsSkipped);
    }

    [Fact]
    public void An_attempt_that_PPRO_may_have_is_not_dropped()
    {
        var charging = A.Charging();

        Assert.Same(charging, charging.Drop(Key, A.Morning).Agreement);
        Assert.Same(charging, charging.Drop(Key, PeriodIsOver).Agreement);
    }

    [Fact]
    public void An_unsent_attempt_is_wanted_until_its_period_is_over()
    {
        var unsent = Unsent();

        Assert.Same(unsent, unsent.Drop(Key, LastMoment).Agreement);
        Assert.NotNull(unsent.SendUnsent(Key, LastMoment).Claim);
        Assert.Contains(new LookStep.Send(Key), unsent.Steps(LastMoment));
    }

    [Fact]
    public void An_unsent_attempt_whose_period_is_over_is_not_sent_but_recorded_as_missed()
    {
        var unsent = Unsent();

        Assert.Null(unsent.SendUnsent(Key, PeriodIsOver).Claim);
        Assert.Equal(new LookStep.Drop(Key), Agenda.DueStep(unsent, A.Rules, PeriodIsOver));
        var change = unsent.Drop(Key, PeriodIsOver);
        Assert.Equal(AttemptState.NotExecuted, change.Moved().State);
        Assert.Contains(
            new Fact.PeriodsSkipped(A.Day("2026-01-15"), A.Day("2026-01-15"), 1, "missed", PeriodIsOver),
            change.Facts
        );
        Assert.Equal((false, null), (change.Agreement.Plan.IsPastDue, change.Agreement.Plan.Dunning));
    }

    [Theory]
    [InlineData(0, "2026-02-15T00:00")]
    [InlineData(1, "2026-03-15T00:00")]
    [InlineData(3, "2026-05-15T00:00")]
    public void Catch_up_keeps_an_unsent_attempt_for_as_many_periods_more(int catchUp, string until)
    {
        var unsent = Unsent(plan => plan with { CatchUp = catchUp });
        var over = A.Seoul(until);

        Assert.Same(unsent, unsent.Drop(Key, over.AddSeconds(-1)).Agreement);
        Assert.Empty(unsent.Drop(Key, over).Agreement.Open);
    }

    [Fact]
    public void What_the_shop_asked_for_after_the_period_was_over_is_still_sent()
    {
        var later = PeriodIsOver.AddDays(60);
        var unsent = Confirmed(A.Open(Unsent().Open[0] with { CreatedAt = PeriodIsOver }), later);

        Assert.Contains(new LookStep.Send(Key), unsent.Steps(later));
        Assert.Same(unsent, unsent.Drop(Key, later).Agreement);
    }

    [Fact]
    public void A_pause_holds_an_unsent_attempt_back_until_it_is_resumed_or_its_period_is_over()
    {
        var paused = Unsent().Pause(A.Morning.AddHours(1)).Agreement;
        var later = A.Morning.AddDays(3);

        Assert.Null(paused.SendUnsent(Key, later).Claim);
        Assert.Equal([new(PeriodIsOver, new LookStep.Drop(Key))], OfKey(paused, later));
        Assert.Single(paused.Drop(Key, LastMoment).Agreement.Open);
        Assert.Empty(paused.Drop(Key, PeriodIsOver).Agreement.Open);
        var resumed = paused.Resume(A.Rules, later).Agreement;
        Assert.Contains(OfKey(resumed, later), it => it.Step is LookStep.Send);
        Assert.NotNull(resumed.SendUnsent(Key, later).Claim);
    }

    [Fact]
    public void A_pause_holds_back_no_single_charge_and_nothing_that_the_shop_asks_for_during_it()
    {
        var paused = Unsent().Pause(A.Morning.AddHours(1)).Agreement;
        var asked = paused.Open[0] with { CreatedAt = A.Morning.AddHours(2), IsByHand = true };
        var single = paused.Open[0] with { Key = "s-1", Period = null };

        var later = A.Morning.AddHours(3);
        Assert.Contains(new LookStep.Send(Key), (paused with { Open = [asked] }).Steps(later));
        Assert.Contains(new LookStep.Send("s-1"), (paused with { Open = [single] }).Steps(later));
    }

    [Theory]
    [InlineData(null, "2026-02-15T00:00")]
    [InlineData("2026-01-20T09:00", "2026-01-20T09:00")]
    [InlineData("2026-03-20T09:00", "2026-02-15T00:00")]
    public void While_a_person_is_called_for_it_waits_until_its_period_or_the_plan_is_over(string? end, string until)
    {
        DateTimeOffset? endAt = end is null ? null : A.Seoul(end);
        var (later, over) = (A.Morning.AddDays(1), A.Seoul(until));
        var stopped = Unsent(plan => plan with { EndAt = endAt }).Stopped();

        Assert.Equal([new(over, new LookStep.Drop(Key))], OfKey(stopped, later));
        Assert.Single(stopped.Drop(Key, over.AddSeconds(-1)).Agreement.Open);
        Assert.Empty(stopped.Drop(Key, over).Agreement.Open);
    }

    [Fact]
    public void One_that_must_be_read_first_is_looked_at_when_its_period_is_over()
    {
        var (stale, over) = (A.Morning + A.Rules.Freshness, A.Seoul("2027-01-15T00:00"));
        var unsent = Unsent(plan => plan with { CatchUp = 11 });

        Assert.Equal([new(over, new LookStep.Drop(Key))], OfKey(unsent, stale));
    }

    [Fact]
    public void A_pause_holds_back_nothing_that_the_shop_asked_for_when_its_period_was_over()
    {
        var byHand = Unsent().Open[0] with { CreatedAt = PeriodIsOver.AddHours(1), IsByHand = true };
        var asked = Confirmed(A.Open(byHand), PeriodIsOver);
        var later = PeriodIsOver.AddDays(1);

        var paused = asked.Pause(PeriodIsOver.AddHours(2)).Agreement;

        Assert.IsType<LookStep.Send>(Assert.Single(OfKey(paused, later)).Step);
        Assert.NotNull(paused.SendUnsent(Key, later).Claim);
    }

    [Fact]
    public void A_single_charge_is_of_no_period_and_stays_wanted()
    {
        var single = Unsent().Open[0] with { Key = "s-1", Period = null };

        var later = PeriodIsOver.AddDays(400);

        Assert.Contains(new LookStep.Send("s-1"), Confirmed(A.Open(single), later).Steps(later));
    }

    [Fact]
    public void After_a_change_of_frequency_the_period_before_it_is_over_with_the_first_new_one()
    {
        var unsent = Unsent(plan => plan with { Schedule = A.Every(FrequencyType.Weekly, anchor: "2026-02-15") });

        Assert.Same(unsent, unsent.Drop(Key, LastMoment).Agreement);
        Assert.Empty(unsent.Drop(Key, PeriodIsOver).Agreement.Open);
    }

    [Theory]
    [InlineData(0, "2026-01-16")]
    [InlineData(1, "2026-01-17")]
    [InlineData(2, "2026-01-18")] // with the first new one
    [InlineData(3, "2026-01-25")]
    public void After_a_change_of_frequency_those_between_it_and_the_first_new_one_count(int catchUp, string until)
    {
        var daily = new BillingPeriod(0, A.Anchor, A.Day("2026-01-16"));
        var unsent = Unsent(plan =>
            plan with
            {
                CatchUp = catchUp,
                Schedule = A.Every(FrequencyType.Weekly, anchor: "2026-01-18"),
            }
        );

        var earlier = unsent with { Open = [unsent.Open[0] with { Period = daily }] };

        Assert.Equal(A.Seoul(until + "T00:00"), earlier.WantedUntil(earlier.Open[0]));
    }

    [Fact]
    public void The_latest_period_stays_past_due_when_its_second_attempt_is_dropped()
    {
        var second = Unsent() with { Open = [Unsent().Open[0] with { Key = "20260115-2", Number = 2 }] };
        var newer = second with { Plan = second.Plan with { NextPeriod = 2 } };

        Assert.True(second.Drop("20260115-2", PeriodIsOver).Agreement.Plan.IsPastDue);
        Assert.False(newer.Drop("20260115-2", PeriodIsOver).Agreement.Plan.IsPastDue);
    }

    private static List<AgendaItem> OfKey(Agreement agreement, DateTimeOffset now) =>
        [
            .. Agenda
                .Items(agreement, A.Rules, now)
                .Where(it => it.Step is LookStep.Send { Key: Key } or LookStep.Drop { Key: Key }),
        ];

    private static Agreement Confirmed(Agreement agreement, DateTimeOffset at) =>
        agreement with
        {
            Provider = agreement.Provider with { ConfirmedAt = at },
        };

    private static Agreement Unsent(Func<BillingPlan, BillingPlan>? change = null)
    {
        var charging = A.Charging();
        return charging with
        {
            Open = [charging.Open[0] with { State = AttemptState.Unsent, Sends = 0 }],
            Plan = change?.Invoke(charging.Plan) ?? charging.Plan,
        };
    }
}
