using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>The words in which an operator reads what became of an attempt, and why an agreement has ended.</summary>
public sealed class WhatPeopleReadTests
{
    private static readonly ChargeReading Bare = A.Declined() with { Failure = null };
    private const string Key = "20260115-1";
    private static readonly DateTimeOffset Later = A.Morning.AddMinutes(15);

    [Theory]
    [InlineData("intended", "intended")]
    [InlineData("captured", "intended; captured")]
    [InlineData("captured after a while", "intended; AUTHORIZATION_PROCESSING; captured")]
    [InlineData("declined", "intended; declined INSUFFICIENT_FUNDS")]
    [InlineData("declined without a code", "intended; FAILED, without a code; declined")]
    [InlineData("sent again", "intended; looked for; sent, time 2")]
    [InlineData("sent at last", "intended; not sent: the host stopped; sent, time 1")]
    [InlineData("dropped with its agreement", "intended; not sent: the host stopped; dropped unsent")]
    [InlineData("dropped with its period", "intended; not sent: the host stopped; dropped unsent: its period is over")]
    public void What_became_of_an_attempt(string life, string words) =>
        Assert.Equal(words, string.Join("; ", Lived(life).History.Select(it => it.What)));

    [Fact]
    public void Every_word_has_its_time() =>
        Assert.Equal(
            [new AttemptEntry(A.Morning, "intended"), new AttemptEntry(Later, "captured")],
            Lived("captured").History.AsEnumerable()
        );

    [Theory]
    [InlineData(AfterLastDecline.Cancel, "period 20260115 was not paid")]
    [InlineData(AfterLastDecline.Leave, null)]
    public void An_agreement_that_ends_because_it_was_not_paid_names_the_period(AfterLastDecline setting, string? why)
    {
        var charging = A.Charging();
        var rules = A.Rules with { AfterLastDecline = setting };

        var declined = charging.Hear(charging.Open[0], A.Declined("CARD_CLOSED_OR_INVALID"), rules, Later).Agreement;

        Assert.Equal(why, declined.Ending?.Reason);
    }

    [Fact]
    public void An_agreement_whose_plan_is_completed_says_so()
    {
        var end = A.Seoul("2026-06-15T10:00");
        var planned = A.Planned(plan => plan with { Schedule = null, EndAt = end });

        Assert.Same(planned, planned.Complete(A.Rules, end.AddTicks(-1)).Agreement);
        Assert.Equal(
            new(end, EndedBy.PlanCompleted, "the plan is completed") { WasActive = true },
            planned.Complete(A.Rules, end).Agreement.Ending
        );
    }

    private static Attempt Lived(string life)
    {
        var charging = A.Charging();
        var unsent = charging.NotSent(A.ClaimOf(charging.Open[0]), "the host stopped", A.Morning).Agreement;
        var change = life switch
        {
            "intended" => A.Agreement().Claim(A.Due(0), A.Morning),
            "captured" => Hear(charging, A.Captured()),
            "captured after a while" => Hear(Hear(charging, A.Pending()).Agreement, A.Captured()),
            "declined" => Hear(charging, A.Declined()),
            "declined without a code" => Hear(Hear(charging, Bare).Agreement, Bare),
            "sent again" => charging.Unfound(Key, Later),
            "sent at last" => unsent.SendUnsent(Key, Later),
            "dropped with its agreement" => unsent.Cancel(Later).Agreement.Drop(Key, Later),
            "dropped with its period" => unsent.Drop(Key, A.Seoul("2026-02-15T00:00")),
            _ => throw new ArgumentException(life),
        };
        return change
            .Facts.Select(fact =>
                fact switch
                {
                    Fact.NewAttempt it => it.Attempt,
                    Fact.AttemptMoved it => it.Attempt,
                    _ => null,
                }
            )
            .Last(it => it is not null)!;
    }

    private static Change Hear(Agreement agreement, ChargeReading reading) =>
        agreement.Hear(agreement.Open[0], reading, A.Rules, Later);
}
