using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>Small promises that stand in no other story.</summary>
public sealed class SmallPromisesTests
{
    private static readonly DateTimeOffset Later = A.Morning.AddHours(1);

    [Fact]
    public void Who_ended_it_first_stays_known_when_a_setting_would_end_it_too()
    {
        var rules = A.Rules with { AfterLastDecline = AfterLastDecline.Cancel };
        var cancelled = A.Charging().Cancel(A.Morning.AddMinutes(1)).Agreement;

        var declined = cancelled.Hear(cancelled.Open[0], A.Declined("CARD_CLOSED_OR_INVALID"), rules, Later).Agreement;

        Assert.Equal((EndedBy.Storefront, A.Morning.AddMinutes(1)), (declined.Ending!.By, declined.Ending.At));
    }

    [Fact]
    public void What_an_event_says_was_captured_has_PPROs_word_for_it()
    {
        var happened = A.ChargeEvent(PproEventKind.ChargeCaptureSucceeded);

        Assert.Equal("CAPTURED", A.Charging().Apply(happened, A.Charging().Open[0], Later).Moved().StatusWord);
    }

    [Fact]
    public void The_same_price_once_more_is_no_change_although_a_period_waits()
    {
        var waiting = A.Planned(plan => plan with { NextPeriod = 1 });
        var now = A.Seoul("2026-02-16T10:00");

        Assert.Same(waiting, waiting.Reprice(A.Price, now).Agreement);
    }

    [Fact]
    public void A_period_that_is_taken_leaves_the_next_one_that_waits_its_own_earlier_price()
    {
        var (now, cheap) = (A.Seoul("2026-03-16T10:00"), new Money(5_000, "KRW"));
        var waiting = A.Planned(plan => plan with { NextPeriod = 1, CatchUp = 1 }).Reprice(cheap, now).Agreement;

        var taken = waiting.Claim(new(A.Period(1), 1, A.Price), now).Agreement;

        Assert.Equal(A.Price, taken.Plan.PriceOf(A.Period(2)));
        Assert.Equal(cheap, taken.Plan.PriceOf(A.Period(3)));
    }

    [Fact]
    public void Each_refund_of_PPROs_portal_has_an_id_of_its_own()
    {
        string[] ids =
        [
            Refund.AdoptedIdOf("20260115-1", "refund_1"),
            Refund.AdoptedIdOf("20260115-1", "refund_2"),
            Refund.AdoptedIdOf("20260215-1", "refund_1"),
            Refund.IdOf("20260115-1", "refund_1"),
        ];

        Assert.Equal(4, ids.Distinct().Count());
    }
}
