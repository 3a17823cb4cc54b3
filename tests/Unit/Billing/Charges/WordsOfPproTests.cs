using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>What is kept of what PPRO says about money and failures.</summary>
public sealed class WordsOfPproTests
{
    private static readonly DateTimeOffset AtPpro = A.Morning.AddSeconds(7);
    private static readonly DateTimeOffset Heard = A.Morning.AddHours(1);
    private static readonly Failure Full = new("T1", "C1", "M1", IsRetryable: true, "P1");
    private static readonly Failure Other = new("T2", "C2", "M2", IsRetryable: false, "P2");
    private static readonly Failure Empty = new(null, null, null, null);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Money_moved_when_PPROs_clock_says_and_without_a_word_when_it_was_heard(bool isSaid)
    {
        var (agreement, at) = (A.Charging(), isSaid ? AtPpro : Heard);
        DateTimeOffset? said = isSaid ? AtPpro : null;
        var happened = A.ChargeEvent(PproEventKind.ChargeCaptureSucceeded) with { Time = said };

        var read = agreement.Hear(agreement.Open[0], A.Captured() with { CapturedAt = said }, A.Rules, Heard);
        var applied = agreement.Apply(happened, agreement.Open[0], Heard);

        Assert.All(
            [read, applied],
            change =>
            {
                Assert.Equal(at, change.Moved().CapturedAt);
                Assert.Equal(at, Assert.Single(change.Facts.OfType<Fact.MoneyMoved>()).At);
            }
        );
    }

    [Fact]
    public void Of_a_capture_in_another_currency_nothing_is_refunded_by_itself()
    {
        var agreement = A.Charging();

        var change = agreement.Hear(agreement.Open[0], A.Captured() with { Currency = "USD" }, A.Rules, Heard);

        Assert.Equal((9_900, 0), (change.Moved().CapturedMinorUnits, change.Moved().RefundableMinorUnits));
        Assert.Equal(RefundHindrance.ExceedsRest, change.Agreement.WhyNoRefund(change.Moved(), 1, Heard));
    }

    [Theory]
    [InlineData("CAPTURE_FUNDS_WAITING")]
    [InlineData("CAPTURE_FUNDS_RECEIVED")]
    public void A_word_about_money_that_is_heard_again_changes_nothing(string word)
    {
        var happened = A.ChargeEvent(PproEventKind.FundsStateChanged) with
        {
            FundsOperationId = "capture_1",
            FundsState = word,
            Time = AtPpro,
        };
        var charge = Books.Ours(AttemptState.Captured) with { ProviderId = "chr_1" };

        var first = A.Agreement().Apply(happened, charge, Heard);
        var again = first.Agreement.Apply(happened, first.Moved(), Heard);

        Assert.Equal([new("capture_1", word, AtPpro)], first.Moved().Funds.AsEnumerable());
        Assert.Empty(again.Facts);
    }

    [Fact]
    public void Of_two_words_about_a_failure_the_newer_wins_and_the_older_fills_its_gaps()
    {
        Assert.Equal(Full, Failure.Merge(Full, Other));
        Assert.Equal(Other, Failure.Merge(Other, Full));
        Assert.Equal(Full, Failure.Merge(Empty, Full));
        Assert.Equal(Full, Failure.Merge(Full, Empty));
        Assert.Equal(Full, Failure.Merge(null, Full));
        Assert.Equal(Full, Failure.Merge(Full, null));
        Assert.Null(Failure.Merge(null, null));
    }

    [Theory]
    [InlineData("refund_1", null, null, "refund_1")]
    [InlineData("refund_1", "REFUND_FUNDS_SENT", "operation_1", "refund_1")]
    [InlineData(null, "REFUND_FUNDS_SENT", "operation_1", "operation_1")]
    [InlineData(null, "CAPTURE_FUNDS_RECEIVED", "operation_1", null)]
    [InlineData(null, null, "operation_1", null)]
    public void An_event_is_about_a_refund_by_its_id_or_by_news_of_a_refunds_money(
        string? refund,
        string? funds,
        string? operation,
        string? expected
    ) =>
        Assert.Equal(
            expected,
            (
                A.Event(PproEventKind.FundsStateChanged) with
                {
                    RefundProviderId = refund,
                    FundsState = funds,
                    FundsOperationId = operation,
                }
            ).RefundOfWhich
        );

    [Theory]
    [InlineData(RefusalKind.Request, false, true)]
    [InlineData(RefusalKind.NotFound, false, true)]
    [InlineData(RefusalKind.Credentials, true, false)]
    [InlineData(RefusalKind.Route, true, false)]
    [InlineData(RefusalKind.Agreement, false, false)]
    [InlineData(RefusalKind.RateLimited, false, false)]
    public void A_refusal_is_of_who_asks_or_of_what_is_asked_or_of_neither(
        RefusalKind kind,
        bool isOfUs,
        bool isOfRequest
    )
    {
        var refusal = new Refusal(kind, 400, "no");

        Assert.Equal((isOfUs, isOfRequest), (refusal.IsOfUs, refusal.IsOfRequest));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    public void A_refund_is_asked_for_again_only_before_its_charges_time_is_over(int ticks)
    {
        var (until, wait) = (A.Morning.AddDays(30), TimeSpan.FromDays(1));
        var now = until - wait + TimeSpan.FromTicks(ticks);
        var blocked = new Failure("T", "REFUND_BLOCKED_TEMPORARILY", null, null);

        var again = RefundRetries.After(Books.RefundOf(RefundState.Failed), blocked, until, now);

        Assert.Equal(ticks < 0 ? now + wait : null, again);
    }
}
