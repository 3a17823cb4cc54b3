using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>What became due during a pause, to the second; and what an end leaves behind.</summary>
public sealed class GoingOnAndEndingTests
{
    private static readonly DateTimeOffset Start = A.Seoul("2026-02-01T22:00");
    private static readonly DateTimeOffset Opening = ChargingWindow.OpeningOn(A.Day("2026-02-15"), A.Id, A.Rules);

    [Theory]
    [InlineData(-3600, false)]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void A_period_has_become_due_in_a_pause_from_its_moment_in_the_window_on(int seconds, bool isSkipped)
    {
        var paused = A.Planned(plan => plan with { NextPeriod = 1 }).Pause(A.Morning).Agreement;

        AssertResumed(paused, Opening.AddSeconds(seconds), A.Period(1), isSkipped);
    }

    [Theory]
    [InlineData(true, -1, false)]
    [InlineData(true, 0, true)]
    [InlineData(true, 1, true)]
    [InlineData(false, -1, false)]
    [InlineData(false, 0, false)]
    [InlineData(false, 1, false)]
    public void The_first_period_has_become_due_when_the_agreement_is_active_and_has_started(
        bool isActive,
        int seconds,
        bool isSkipped
    )
    {
        var begun = A.Begun(A.Terms() with { StartDate = Start });
        var agreement = isActive ? begun with { Provider = A.Agreement().Provider } : begun;
        var period = agreement.Plan.Schedule!.Period(0);

        AssertResumed(agreement.Pause(A.Morning).Agreement, Start.AddSeconds(seconds), period, isSkipped);
    }

    [Fact]
    public void What_PPRO_has_ended_is_not_ended_once_more()
    {
        var revoked = A.Agreement().Read(A.Says(AgreementStatus.RevokedByConsumer), A.Morning.AddHours(1)).Agreement;

        Assert.Same(revoked, revoked.Cancel(A.Morning.AddHours(2)).Agreement);
        Assert.Null(revoked.Ending);
    }

    [Theory]
    [InlineData(true, true, "20260115-1")]
    [InlineData(true, false, null)]
    [InlineData(false, false, null)]
    public void Ended_before_it_was_active_it_gives_back_what_it_took_and_only_that(
        bool hasFirstCharge,
        bool isCaptured,
        string? charge
    )
    {
        var begun = hasFirstCharge ? A.WithInitialCharge() : A.Begun();
        var agreement = isCaptured ? begun.Hear(begun.Open[0], A.Captured(), A.Rules, A.Morning).Agreement : begun;
        var now = A.Morning.AddMinutes(5);

        Assert.Equal(charge is null ? null : new LateCapture(charge, now), agreement.Cancel(now).Agreement.LateCapture);
    }

    private static void AssertResumed(Agreement paused, DateTimeOffset now, BillingPeriod period, bool isSkipped)
    {
        Assert.NotNull(paused.Plan.PausedAt);

        var change = paused.Resume(A.Rules, now);

        Assert.Equal(
            isSkipped ? [new Fact.PeriodsSkipped(period.Start, period.Start, 1, "paused", now)] : [],
            change.Facts.AsEnumerable()
        );
        Assert.Equal(
            (null, paused.Plan.NextPeriod + (isSkipped ? 1 : 0)),
            (change.Agreement.Plan.PausedAt, change.Agreement.Plan.NextPeriod)
        );
    }
}
