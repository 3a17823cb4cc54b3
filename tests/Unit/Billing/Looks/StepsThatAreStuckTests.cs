using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>A step that fails waits, and holds up no other.</summary>
public sealed class StepsThatAreStuckTests
{
    private static readonly LookStep Send = new LookStep.Send("20260115-1");

    [Fact]
    public void It_waits_longer_each_time_and_at_most_four_hours()
    {
        var (agreement, now) = (Unsent(), A.Morning);
        List<double> waits = [];
        for (var tries = 0; tries < 7; tries++)
        {
            agreement = agreement.StepStuck(Send, "thrown", now).Agreement;
            var next = agreement.Stuck.Single().RetryAt;
            Assert.Equal(next, Agenda.Items(agreement, A.Rules, now).Single(it => it.Step == Send).At);
            waits.Add((next - now).TotalMinutes);
            now = next;
        }

        Assert.Equal([15, 30, 60, 120, 240, 240, 240], waits);
    }

    [Fact]
    public void The_others_go_on()
    {
        var open = Unsent().Open[0];
        var both = Unsent() with { Open = [open, open with { Key = "s-1", Period = null }] };

        var stuck = both.StepStuck(Send, "thrown", A.Morning).Agreement;

        Assert.Equal(Send, Agenda.DueStep(both, A.Rules, A.Morning));
        Assert.Equal(new LookStep.Send("s-1"), Agenda.DueStep(stuck, A.Rules, A.Morning));
    }

    [Fact]
    public void After_five_tries_it_is_for_a_person_and_charging_goes_on()
    {
        var agreement = Unsent();
        foreach (var tries in Enumerable.Range(1, 10))
        {
            agreement = agreement.StepStuck(Send, "thrown", A.Morning).Agreement;
            Assert.Equal(tries >= 5, agreement.Stuck.Single().IsForAPerson);
            Assert.True(agreement.MayCharge);
        }

        var finding = Finding.Of(agreement.Stuck.Single());
        Assert.Equal(
            ("step: send 20260115-1", Standing.Unexplained, "fails again and again: thrown", false),
            (finding.Subject, finding.Standing, finding.Reason, finding.StopsCharging)
        );
    }

    [Fact]
    public void Done_it_is_like_any_other_again()
    {
        var stuck = Unsent().StepStuck(Send, "thrown", A.Morning).Agreement;
        var other = stuck.StepStuck(new LookStep.Read(), "thrown", A.Morning).Agreement;

        var done = other.StepDone(Send).Agreement;

        Assert.Equal("read", done.Stuck.Single().Step);
        Assert.Equal(Send, Agenda.DueStep(done, A.Rules, A.Morning));
        Assert.Same(done, done.StepDone(Send).Agreement);
    }

    [Fact]
    public void One_that_has_not_been_due_for_a_day_is_forgotten_with_the_next()
    {
        var stuck = Unsent().StepStuck(Send, "thrown", A.Morning).Agreement;
        var retryAt = stuck.Stuck.Single().RetryAt;

        Assert.False(stuck.Stuck.Single().IsOver(retryAt.AddDays(1)));
        Assert.True(stuck.Stuck.Single().IsOver(retryAt.AddDays(1).AddSeconds(1)));
        var other = stuck.StepStuck(new LookStep.Read(), "thrown", retryAt.AddDays(2)).Agreement;
        Assert.Equal("read", other.Stuck.Single().Step);
    }

    [Fact]
    public void Not_more_are_kept_than_fit()
    {
        var agreement = Unsent();
        foreach (var number in Enumerable.Range(0, 100))
        {
            agreement = agreement.StepStuck(new LookStep.Send($"s-{number}"), "thrown", A.Morning).Agreement;
        }

        Assert.Equal((20, "send s-99"), (agreement.Stuck.Length, agreement.Stuck[^1].Step));
    }

    [Fact]
    public void Every_step_has_a_name_of_its_own()
    {
        LookStep[] steps =
        [
            new LookStep.Read(),
            new LookStep.Close(),
            new LookStep.Cancel(),
            new LookStep.Complete(),
            new LookStep.Revoke(),
            new LookStep.ReadBack("k"),
            new LookStep.ReadBackRefund("k"),
            new LookStep.RetryRefund("k"),
            new LookStep.RefundLate("k"),
            new LookStep.Send("k"),
            new LookStep.Drop("k"),
            new LookStep.EndDunning(),
            new LookStep.Skip(1, "missed"),
            new LookStep.Charge(A.Due(0)),
        ];

        Assert.Equal(
            [
                "cancel",
                "charge 20260115",
                "close",
                "complete",
                "drop k",
                "enddunning",
                "read",
                "read back k",
                "read back refund k",
                "refund k",
                "refund k again",
                "revoke",
                "send k",
                "skip periods",
            ],
            steps.Select(step => step.Name).Order(StringComparer.Ordinal)
        );
    }

    private static Agreement Unsent() =>
        A.Open(A.Charging().Open[0] with { State = AttemptState.Unsent, Sends = 0 }) with
        {
            Plan = A.Agreement().Plan with { NextPeriod = 1 },
        };
}
