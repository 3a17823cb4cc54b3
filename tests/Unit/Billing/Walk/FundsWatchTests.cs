using System.Collections.Immutable;
using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>Whose money has not arrived yet, and from when on a person hears of it.</summary>
public sealed class FundsWatchTests
{
    private const string Arrived = "CAPTURE_FUNDS_RECEIVED";
    private static readonly Refund Made = Books.RefundOf(RefundState.Refunded) with { ProviderId = "refund_1" };

    [Theory]
    [InlineData(AttemptState.Captured, null, true)]
    [InlineData(AttemptState.Captured, "CAPTURE_FUNDS_WAITING", true)]
    [InlineData(AttemptState.Captured, Arrived, false)]
    [InlineData(AttemptState.Pending, null, false)]
    public void The_money_of_a_capture_is_awaited_until_PPRO_says_that_it_came(
        AttemptState state,
        string? word,
        bool isAwaited
    ) => Assert.Equal(isAwaited, FundsWatch.Awaits(Charge(word) with { State = state }, []));

    [Theory]
    [InlineData(null, true)]
    [InlineData("REFUND_FUNDS_WAITING", true)]
    [InlineData("REFUND_FUNDS_SENT", false)]
    public void So_is_that_of_a_refund_until_it_was_sent(string? word, bool isAwaited) =>
        Assert.Equal(isAwaited, FundsWatch.Awaits(Charge(Arrived, word), [Made]));

    [Fact]
    public void One_refund_that_is_awaited_is_enough() =>
        Assert.True(
            FundsWatch.Awaits(Charge(Arrived, "REFUND_FUNDS_SENT"), [Made, Made with { ProviderId = "refund_2" }])
        );

    [Theory]
    [InlineData(RefundState.Pending)]
    [InlineData(RefundState.Rejected)]
    [InlineData(RefundState.Failed)]
    public void The_money_of_a_refund_that_was_not_made_is_not_awaited(RefundState state) =>
        Assert.False(FundsWatch.Awaits(Charge(Arrived), [Made with { State = state }]));

    [Fact]
    public void A_refund_of_another_charge_is_not_awaited_here() =>
        Assert.False(FundsWatch.Awaits(Charge(Arrived), [Made with { ChargeKey = "20260215-1" }]));

    [Fact]
    public void Money_moved_last_by_the_latest_refund_that_was_made()
    {
        var (captured, made) = (Charge(Arrived).CapturedAt, A.Morning.AddDays(70));
        Refund[] others =
        [
            Made with
            {
                MadeAt = made.AddDays(1),
                State = RefundState.Failed,
            },
            Made with
            {
                MadeAt = made.AddDays(1),
                ChargeKey = "20260215-1",
            },
        ];

        Assert.Equal(captured, FundsWatch.MovedAt(Charge(Arrived), others));
        Assert.Equal(made, FundsWatch.MovedAt(Charge(Arrived), [Made with { MadeAt = made }, .. others]));
        Assert.Equal(made, FundsWatch.MovedAt(Charge(Arrived), [Made with { MadeAt = null, CreatedAt = made }]));
    }

    [Theory]
    [InlineData(null, "no word, 14 days after the capture")]
    [InlineData("CAPTURE_FUNDS_WAITING", "CAPTURE_FUNDS_WAITING, 14 days after the capture")]
    public void After_the_time_that_the_operator_allows_a_person_hears_of_it(string? word, string reason)
    {
        var (within, charge) = (TimeSpan.FromDays(14), Charge(word));
        var last = A.Morning + within;

        Assert.Empty(FundsWatch.Judge(charge, within, last));
        Assert.Equal(
            [Finding.Unexplained("funds 20260115-1", reason)],
            FundsWatch.Judge(charge, within, last.AddTicks(1))
        );
    }

    private static Attempt Charge(string? ofCapture, string? ofRefund = null)
    {
        ImmutableArray<FundsNews> none = [];
        var funds = ofCapture is null ? none : none.Add(new("capture_1", ofCapture, A.Morning));
        return Books.Ours(AttemptState.Captured) with
        {
            Funds = ofRefund is null ? funds : funds.Add(new("refund_1", ofRefund, A.Morning)),
        };
    }
}
