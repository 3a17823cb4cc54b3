using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>
/// A charge had failed, its period is being tried again, and then the first one is captured after all: what is on its
/// way for the period is not sent any more, also when a person has looked at it, and nothing follows it.
/// </summary>
public sealed class PeriodsTakenTests
{
    private const string Retry = "20260115-2";
    private static readonly DateTimeOffset At = A.Seoul("2026-01-16T12:00");

    [Fact]
    public void A_retry_that_never_left_is_dropped_and_its_period_stays_paid()
    {
        var trying = Trying();
        var unsent = trying.NotSent(A.ClaimOf(trying.Open[0]), "the host stopped", At).Agreement;
        var (paid, later) = (Paid(unsent), At.AddHours(1));

        Assert.Contains(new LookStep.Drop(Retry), paid.Steps(later));
        Assert.Null(paid.SendUnsent(Retry, A.Rules, later).Claim);
        var dropped = paid.Drop(Retry, later);
        Assert.Equal(AttemptState.NotExecuted, dropped.Moved().State);
        Assert.Equal("dropped unsent: its period is paid", dropped.Moved().History[^1].What);
        Assert.DoesNotContain(dropped.Facts, it => it is Fact.PeriodsSkipped);
        Assert.False(dropped.Agreement.Plan.IsPastDue);
    }

    [Fact]
    public void A_retry_in_doubt_is_not_sent_again_and_nothing_follows_when_it_never_happened()
    {
        var paid = Paid(Trying());

        Assert.Null(paid.Unfound(Retry, At.AddMinutes(30)).Claim);
        var closed = paid.Unfound(Retry, At.AddDays(5));
        Assert.Equal(AttemptState.NeverHappened, closed.Moved().State);
        Assert.Equal((null, false), (closed.Agreement.Plan.Dunning, closed.Agreement.Plan.IsPastDue));
    }

    [Theory]
    [InlineData("INSUFFICIENT_FUNDS")]
    [InlineData("AGREEMENT_REVOKED")]
    public void Nothing_follows_a_retry_that_is_declined(string code)
    {
        var paid = Paid(Trying());

        var declined = paid.Hear(paid.Open[0], A.Declined(code), A.Rules, At.AddMinutes(30)).Agreement;

        Assert.Empty(declined.Open);
        Assert.Equal((null, false), (declined.Plan.Dunning, declined.Plan.IsPastDue));
    }

    [Fact]
    public void Nothing_follows_a_retry_that_is_refused_as_a_request()
    {
        var paid = Paid(Trying());
        var claim = A.ClaimOf(paid.Open[0]);

        var refused = paid.Settle(paid.Open[0], A.Refused(RefusalKind.Request), claim, A.Rules, At).Agreement;

        Assert.Empty(refused.Open);
        Assert.Equal((null, false), (refused.Plan.Dunning, refused.Plan.IsPastDue));
    }

    [Fact]
    public void A_retry_that_is_captured_all_the_same_calls_for_a_person_once_more()
    {
        var paid = Paid(Trying());
        var closed = paid with { Stops = [] };

        var twice = closed.Hear(closed.Open[0], A.Captured("chr_2"), A.Rules, At.AddMinutes(30)).Agreement;

        Assert.Equal($"{Retry}: its period was captured before", twice.WhyStopped());
    }

    [Fact]
    public void What_is_on_its_way_for_another_period_goes_on()
    {
        var trying = A.Planned(plan => plan with { NextPeriod = 1 }).Claim(A.Due(1), A.Morning.AddDays(31)).Agreement;

        var paid = Paid(trying, A.Morning.AddDays(31));

        Assert.NotNull(paid.Unfound("20260215-1", A.Morning.AddDays(31).AddMinutes(30)).Claim);
    }

    private static Agreement Trying()
    {
        var first = A.Charging();
        var declined = first.Hear(first.Open[0], A.Declined(), A.Rules, A.Morning).Agreement;
        return declined.Claim(A.Due(0, 2), At).Agreement;
    }

    /// <summary>The first attempt is captured after all, and a person has accepted that.</summary>
    private static Agreement Paid(Agreement trying, DateTimeOffset? at = null)
    {
        var closed = A.Charging().Open[0] with { State = AttemptState.Declined, ProviderId = "chr_0" };
        var captured = trying.Hear(closed, A.Captured("chr_0"), A.Rules, at ?? At).Agreement;
        var stop = Assert.Single(captured.Stops);
        return captured.AcceptStop(stop.Subject, stop.Reason).Agreement;
    }
}
