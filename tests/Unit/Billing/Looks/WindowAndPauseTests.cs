using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>The charging window and the shop's pause, for what is tried again and what never left.</summary>
public sealed class WindowAndPauseTests
{
    private const string Key = "20260215-1";
    private static readonly DateTimeOffset Evening = A.Seoul("2026-02-15T20:30");
    private static readonly DateTimeOffset Night = A.Seoul("2026-02-16T03:00");
    private static readonly DateTimeOffset Opening = ChargingWindow.OpeningOn(A.Day("2026-02-16"), A.Id, A.Rules);

    [Fact]
    public void What_the_schedule_asks_and_never_left_leaves_in_the_window_as_first_sends_do()
    {
        var unsent = Unsent(it => it);

        Assert.Null(unsent.SendUnsent(Key, Night).Claim);
        Assert.Contains(new(Opening, new LookStep.Send(Key)), Agenda.Items(unsent, A.Rules, Night));
        Assert.NotNull(unsent.SendUnsent(Key, Opening).Claim);
        Assert.Null(unsent.SendUnsent(Key, A.Seoul("2026-02-15T21:00")).Claim);
    }

    [Fact]
    public void So_does_what_is_in_doubt_and_was_not_found()
    {
        var doubtful = InDoubt(it => it);

        Assert.Null(doubtful.Unfound(Key, Night).Claim);
        Assert.Equal(Night, doubtful.Unfound(Key, Night).Moved().LastLookAt);
        Assert.NotNull(doubtful.Unfound(Key, Opening).Claim);
    }

    [Fact]
    public void What_could_not_be_sent_again_at_night_is_looked_at_when_the_window_opens()
    {
        var (night, morning) = (NextLook(Night), NextLook(A.Seoul("2026-02-16T07:00")));

        Assert.Equal(A.Seoul("2026-02-16T06:30"), night); // reads go on in between
        Assert.Equal(Opening, morning); // and not at 10:30, as the ladder has it
        Assert.Equal(
            A.Seoul("2026-02-16T10:30"),
            NextLook(A.Seoul("2026-02-16T07:00"), it => it with { IsByHand = true })
        );

        static DateTimeOffset NextLook(DateTimeOffset looked, Func<Attempt, Attempt>? change = null) =>
            Agenda
                .Items(InDoubt(change ?? (it => it)).Looked(Key, looked).Agreement, A.Rules, looked)
                .Single(it => it.Step is LookStep.ReadBack)
                .At;
    }

    [Theory]
    [InlineData("by hand")]
    [InlineData("single")]
    [InlineData("first")]
    [InlineData("initial")]
    public void The_window_is_not_for_what_the_shop_or_the_consumer_waits_for(string what)
    {
        var unsent = Unsent(it => Other(what, it));
        var doubtful = InDoubt(it => Other(what, it));
        var key = unsent.Open[0].Key;

        Assert.Contains(unsent.Steps(Night), step => step is LookStep.Send);
        if (what is not "initial") // that one never leaves alone
        {
            Assert.NotNull(unsent.SendUnsent(key, Night).Claim);
            Assert.NotNull(doubtful.Unfound(key, Night).Claim);
        }
    }

    [Fact]
    public void A_retry_of_the_first_period_keeps_the_window()
    {
        var retry = Unsent(it => it with { Key = "20260115-2", Period = A.Period(0), Number = 2 });

        Assert.Null(retry.SendUnsent("20260115-2", Night).Claim);
    }

    [Fact]
    public void A_pause_holds_back_what_is_in_doubt_too_and_reads_go_on()
    {
        var paused = InDoubt(it => it) with { Plan = Plan with { PausedAt = Evening } };
        var later = Opening.AddHours(1);

        var looked = paused.Unfound(Key, later);
        Assert.Equal((null, later), (looked.Claim, looked.Moved().LastLookAt));
        Assert.Contains(new LookStep.ReadBack(Key), looked.Agreement.Steps(later));
        Assert.Null((Unsent(it => it) with { Plan = paused.Plan }).SendUnsent(Key, later).Claim);
        var resumed = looked.Agreement.Resume(A.Rules, later).Agreement;
        Assert.NotNull(resumed.Unfound(Key, later).Claim);
    }

    [Theory]
    [InlineData("by hand")]
    [InlineData("single")]
    public void A_pause_holds_back_nothing_that_the_shop_asked_for(string what)
    {
        var paused = Plan with { PausedAt = Evening };
        var (unsent, doubtful) = (Unsent(it => Other(what, it)), InDoubt(it => Other(what, it)));
        var key = unsent.Open[0].Key;

        Assert.NotNull((unsent with { Plan = paused }).SendUnsent(key, Opening).Claim);
        Assert.NotNull((doubtful with { Plan = paused }).Unfound(key, Opening).Claim);
    }

    [Fact]
    public void A_paused_doubt_that_cannot_have_happened_is_still_closed()
    {
        var paused = InDoubt(it => it) with { Plan = Plan with { PausedAt = Evening } };

        Assert.Equal(AttemptState.NeverHappened, paused.Unfound(Key, Evening.AddDays(5)).Moved().State);
    }

    [Fact]
    public void What_nothing_has_confirmed_for_long_is_read_before_it_is_sent()
    {
        var stale = Evening + A.Rules.Freshness;
        var unsent = Unsent(it => it with { Key = "s-1", Period = null, CreatedAt = Evening });

        Assert.Null(unsent.SendUnsent("s-1", stale).Claim);
        Assert.Equal([new LookStep.Read()], unsent.Steps(stale).Where(step => step is LookStep.Read or LookStep.Send));
        var fresh = unsent.Read(A.Says(AgreementStatus.Active), stale).Agreement;
        Assert.NotNull(fresh.SendUnsent("s-1", stale).Claim);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(35 * 24 * 60 - 1, true)]
    [InlineData(35 * 24 * 60, false)]
    public void An_agreement_is_fresh_until_nothing_has_confirmed_it_for_35_days(int minutes, bool isFresh)
    {
        var now = A.Morning.AddMinutes(minutes);

        Assert.Equal(isFresh, A.Agreement().IsFresh(A.Rules, now));
        Assert.Equal(isFresh, A.Begun().IsFresh(A.Rules, now)); // counted from its creation
        var hindrance = A.Agreement().WhyNoSingleCharge(A.Rules, now);
        Assert.Equal(isFresh ? null : ChargeHindrance.NotConfirmed, hindrance);
        Assert.Equal(
            isFresh,
            A.Agreement().ClaimSingle(A.Price, A.Intent("s-1"), false, A.Rules, now).Claim is not null
        );
    }

    private static BillingPlan Plan => A.Agreement().Plan with { NextPeriod = 2 };

    private static Attempt Other(string what, Attempt it) =>
        what switch
        {
            "by hand" => it with { IsByHand = true },
            "single" => it with { Key = "s-1", Period = null },
            "first" => it with { Key = "20260115-1", Period = A.Period(0), CreatedAt = Night.AddHours(-1) },
            _ => it with { IsInitial = true },
        };

    private static Agreement Unsent(Func<Attempt, Attempt> change) =>
        With(change(InDoubt(it => it).Open[0] with { State = AttemptState.Unsent, Sends = 0 }));

    private static Agreement InDoubt(Func<Attempt, Attempt> change) =>
        With(change(A.Planned(plan => plan with { NextPeriod = 1 }).Claim(A.Due(1), Evening).Agreement.Open[0]));

    private static Agreement With(Attempt attempt) =>
        A.Agreement() with
        {
            Open = [attempt],
            Plan = Plan with { CatchUp = 3 },
            Provider = A.Agreement().Provider with { ConfirmedAt = Evening },
        };
}
