using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>The exact moments of looks, and what a closed gate or a stop holds back.</summary>
public sealed class WhenItIsLookedAtTests
{
    private const string Key = "20260215-1";

    private static AgendaItem OverWithItsPeriod => new(A.Seoul("2026-03-15T00:00"), new LookStep.Drop(Key));

    [Fact]
    public void At_a_closed_gate_what_asks_for_money_waits_and_reads_go_on()
    {
        var now = A.Seoul("2026-02-15T12:00");
        var doubtful = A.Charging();

        Assert.IsType<LookStep.Charge>(Agenda.DueStep(A.Agreement(), A.Rules, A.Morning));
        Assert.Null(Agenda.DueStep(A.Agreement(), A.Rules, A.Morning, mayAsk: false));
        Assert.Equal(new LookStep.ReadBack("20260115-1"), Agenda.DueStep(doubtful, A.Rules, now, mayAsk: false));
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(7, 5)]
    public void What_only_a_read_can_settle_is_read_before_the_next_look_of_the_approval(int recheck, int next)
    {
        var agreement = A.Begun() with
        {
            Provider = new() { Id = "agr_1", RecheckAt = A.Morning.AddMinutes(recheck) },
        };

        Assert.Equal(
            [new(A.Morning.AddMinutes(next), new LookStep.Read())],
            Agenda.Items(agreement, A.Rules, A.Morning)
        );
    }

    [Theory]
    [InlineData(-1, 0)] // a read before the wish to end it asked for nothing
    [InlineData(0, 3)]
    public void A_revocation_is_asked_again_three_minutes_after_the_end_once_it_was_tried(int ticks, int minutes)
    {
        var agreement = A.Agreement().ReadFailed(A.Morning.AddTicks(ticks)).Agreement with
        {
            Ending = new(A.Morning, EndedBy.Storefront, null),
        };

        Assert.Equal(
            [new(A.Morning.AddMinutes(minutes), new LookStep.Revoke())],
            Agenda.Items(agreement, A.Rules, A.Morning)
        );
    }

    [Fact]
    public void What_never_left_waits_while_something_stops_the_charging()
    {
        var now = A.Seoul("2026-02-15T12:00");
        var unsent = Unsent(now);

        Assert.Contains(new(now, new LookStep.Send(Key)), Agenda.Items(unsent, A.Rules, now));
        Assert.Equal([OverWithItsPeriod], OfAttempt(unsent.Stopped(), now));
    }

    [Theory]
    [InlineData("2026-02-15T20:00", "2026-02-15T20:30")] // overdue: now
    [InlineData("2026-02-15T20:45", "2026-02-15T20:45")] // later, and the window is still open then
    [InlineData("2026-02-15T21:15", null)] // when its time comes the window has closed
    public void What_never_left_leaves_when_its_time_has_come_inside_the_window(string recheck, string? expected)
    {
        var now = A.Seoul("2026-02-15T20:30");
        var opening = ChargingWindow.OpeningOn(A.Day("2026-02-16"), A.Id, A.Rules);

        Assert.Equal(
            [new(expected is null ? opening : A.Seoul(expected), new LookStep.Send(Key)), OverWithItsPeriod],
            OfAttempt(Unsent(A.Seoul(recheck)), now)
        );
    }

    [Fact]
    public void A_refund_that_PPRO_wants_a_day_later_is_not_asked_for_earlier()
    {
        var later = A.Morning.AddDays(1);
        var refund = Books.RefundOf(RefundState.Deferred) with
        {
            Sends = 1,
            FirstSentAt = A.Morning,
            LastClaimedAt = A.Morning,
            RecheckAt = later,
        };

        Assert.Contains(
            new(later, new LookStep.RetryRefund(refund.Id)),
            Agenda.Items(A.Agreement() with { OpenRefunds = [refund] }, A.Rules, A.Morning)
        );
    }

    [Theory] // by SHA-256 of the id, computed by another program
    [InlineData("8", "01:19:53")]
    [InlineData("16", "00:28:32")]
    [InlineData("22", "01:31:45")]
    public void An_agreements_moment_of_the_day_never_changes(string key, string afterOpening) =>
        Assert.Equal(
            A.Seoul("2026-02-15T09:00") + TimeSpan.Parse(afterOpening),
            ChargingWindow.OpeningOn(A.Day("2026-02-15"), AgreementId.FromKey(key), A.Rules)
        );

    private static IEnumerable<AgendaItem> OfAttempt(Agreement agreement, DateTimeOffset now) =>
        Agenda.Items(agreement, A.Rules, now).Where(it => it.Step is LookStep.Send or LookStep.Drop);

    /// <summary>The first attempt of period 1, which PPRO never had, and which may be tried again then.</summary>
    private static Agreement Unsent(DateTimeOffset recheck)
    {
        var claimed = A.Planned(plan => plan with { NextPeriod = 1 }).Claim(A.Due(1), A.Seoul("2026-02-15T11:00"));
        var attempt = claimed.Agreement.Open[0] with { State = AttemptState.Unsent, Sends = 0, RecheckAt = recheck };
        return claimed.Agreement with { Open = [attempt] };
    }
}
