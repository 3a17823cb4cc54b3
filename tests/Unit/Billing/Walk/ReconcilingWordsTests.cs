using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>What an operator reads about each difference between our rows and PPRO's list.</summary>
public sealed class ReconcilingWordsTests
{
    private static readonly DateTimeOffset ADayLater = A.Morning.AddHours(24);

    [Theory]
    [InlineData(AttemptState.Captured, ChargeStatus.Captured, Standing.Matched, "")]
    [InlineData(AttemptState.InDoubt, ChargeStatus.Pending, Standing.Explained, "PPRO has not decided")]
    [InlineData(
        AttemptState.Captured,
        ChargeStatus.NotCaptured,
        Standing.Unexplained,
        "Captured here, NOTCAPTURED at PPRO"
    )]
    [InlineData(AttemptState.Pending, ChargeStatus.Captured, Standing.Unexplained, "Pending here, CAPTURED at PPRO")]
    public void A_charge_that_both_have_is_said_in_both_words(
        AttemptState ours,
        ChargeStatus theirs,
        Standing standing,
        string reason
    ) => Assert.Equal(new(Books.Key, standing, reason), Compare(new(Books.Ours(ours), Books.Theirs(theirs))));

    [Theory]
    [InlineData(AttemptState.Captured, -1, Standing.Explained, "PPRO's list does not show it yet")]
    [InlineData(AttemptState.Captured, 0, Standing.Unexplained, "captured here, not in PPRO's list")]
    [InlineData(AttemptState.InDoubt, 0, Standing.Explained, "open: InDoubt")]
    [InlineData(AttemptState.Declined, 0, Standing.Matched, "")]
    public void PPROs_list_has_24_hours_to_show_a_capture(
        AttemptState ours,
        int ticks,
        Standing standing,
        string reason
    ) =>
        Assert.Equal(new(Books.Key, standing, reason), Compare(new(Books.Ours(ours), null), ADayLater.AddTicks(ticks)));

    [Theory]
    [InlineData(ChargeStatus.NotCaptured, Standing.Explained, "a charge that we never made was not captured")]
    [InlineData(ChargeStatus.Pending, Standing.Unexplained, "a charge that we never made is PENDING at PPRO")]
    [InlineData(ChargeStatus.Captured, Standing.Unexplained, "a charge that we never made is CAPTURED at PPRO")]
    public void A_charge_that_we_never_made_is_named_by_PPROs_id(
        ChargeStatus theirs,
        Standing standing,
        string reason
    ) => Assert.Equal(new("charge_1", standing, reason), Compare(new(null, Books.Theirs(theirs))));

    [Theory]
    [InlineData(ChargeStatus.NotCaptured, Standing.Explained, "a charge that we never made was not captured", false)]
    [InlineData(ChargeStatus.Pending, Standing.Unexplained, "a charge that we never made is PENDING at PPRO", false)]
    [InlineData(ChargeStatus.Captured, Standing.Unexplained, "a second charge for ours is CAPTURED at PPRO", true)]
    public void A_second_charge_under_one_reference_stops_the_charging_only_when_it_took_money(
        ChargeStatus second,
        Standing standing,
        string reason,
        bool stopsCharging
    )
    {
        var both = new ChargePair(Books.Ours(AttemptState.Captured), Books.Theirs(ChargeStatus.Captured));
        var twin = new ChargePair(null, Books.Theirs(second, "charge_2"));

        Assert.Equal(
            new Finding("charge_2", standing, reason) { StopsCharging = stopsCharging },
            Reconciliation.Compare([both, twin], [], ADayLater)[1]
        );
    }

    [Fact]
    public void A_capture_in_another_currency_is_unexplained_though_the_number_is_the_same()
    {
        var ours = Books.Ours(AttemptState.Captured) with { CapturedCurrency = "USD" };
        var theirs = Books.Theirs(ChargeStatus.Captured) with { Currency = "USD" };

        Assert.Equal(
            Finding.Unexplained(Books.Key, "captured 9900 USD, and 9900 KRW was asked for"),
            Compare(new(ours, theirs))
        );
    }

    [Theory]
    [InlineData(RefundState.Refunded, RefundStatus.Refunded, Standing.Matched, "")]
    [InlineData(
        RefundState.Rejected,
        RefundStatus.Refunded,
        Standing.Explained,
        "made, and sent back by the consumer's bank"
    )]
    [InlineData(RefundState.InDoubt, RefundStatus.Pending, Standing.Explained, "PPRO has not decided")]
    [InlineData(null, RefundStatus.Pending, Standing.Explained, "a refund made at PPRO, not decided")]
    [InlineData(null, RefundStatus.Refunded, Standing.Unexplained, "refund unknown here, Refunded at PPRO")]
    [InlineData(
        RefundState.Failed,
        RefundStatus.Refunded,
        Standing.Unexplained,
        "refund Failed here, Refunded at PPRO"
    )]
    [InlineData(
        RefundState.Refunded,
        RefundStatus.Failed,
        Standing.Unexplained,
        "refund Refunded here, Failed at PPRO"
    )]
    public void A_refund_that_PPRO_lists_is_said_in_both_words(
        RefundState? ours,
        RefundStatus theirs,
        Standing standing,
        string reason
    ) =>
        Assert.Equal(
            new("refund_1", standing, reason),
            CompareRefund(ours is { } state ? Books.RefundOf(state) : null, Books.RefundAtPpro(theirs))
        );

    [Fact]
    public void A_refund_of_another_amount_is_unexplained() =>
        Assert.Equal(
            Finding.Unexplained("refund_1", "refunded 100 here and 101 at PPRO"),
            CompareRefund(
                Books.RefundOf(RefundState.Refunded),
                Books.RefundAtPpro(RefundStatus.Refunded) with
                {
                    MinorUnits = 101,
                }
            )
        );

    [Theory]
    [InlineData(RefundState.Deferred, 0, Standing.Explained, "refund open: Deferred")]
    [InlineData(RefundState.Refunded, -1, Standing.Explained, "PPRO's list does not show it yet")]
    [InlineData(RefundState.Refunded, 0, Standing.Unexplained, "refunded here, not at PPRO")]
    [InlineData(RefundState.Failed, 0, Standing.Matched, "")]
    public void PPROs_list_has_24_hours_to_show_a_refund(
        RefundState ours,
        int ticks,
        Standing standing,
        string reason
    ) =>
        Assert.Equal(
            new(Books.RefundId, standing, reason),
            CompareRefund(Books.RefundOf(ours), null, ADayLater.AddTicks(ticks))
        );

    [Fact]
    public void What_stops_the_charging_is_unexplained_and_says_so() =>
        Assert.Equal(
            new Finding(Books.Key, Standing.Unexplained, "two charges") { StopsCharging = true },
            Finding.Of(new AgreementStop(Books.Key, "two charges", A.Morning))
        );

    private static Finding Compare(ChargePair pair) => Compare(pair, ADayLater);

    private static Finding Compare(ChargePair pair, DateTimeOffset now) =>
        Assert.Single(Reconciliation.Compare([pair], [], now));

    private static Finding CompareRefund(Refund? ours, RefundReading? theirs) => CompareRefund(ours, theirs, ADayLater);

    /// <summary>The finding beside that of the captured charge itself, which matches.</summary>
    private static Finding CompareRefund(Refund? ours, RefundReading? theirs, DateTimeOffset now)
    {
        var reading = Books.Theirs(ChargeStatus.Captured) with { Refunds = theirs is null ? [] : [theirs] };
        var pair = new ChargePair(Books.Ours(AttemptState.Captured), reading);
        return Reconciliation.Compare([pair], ours is null ? [] : [ours], now)[1];
    }
}
