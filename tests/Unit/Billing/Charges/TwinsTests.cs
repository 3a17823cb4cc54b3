using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>PPRO has two charges under one reference: what was captured is booked, by whichever word it is heard.</summary>
public sealed class TwinsTests
{
    private static readonly DateTimeOffset Later = A.Morning.AddMinutes(10);
    private static readonly Attempt Ours = A.Charging().Open[0];

    [Theory]
    [InlineData(ChargeStatus.Pending)]
    [InlineData(ChargeStatus.NotCaptured)]
    public void A_twin_that_an_event_says_is_captured_pays_for_the_period_and_calls_for_a_person(ChargeStatus first)
    {
        var heard = A.Charging().Hear(Ours, first is ChargeStatus.Pending ? A.Pending() : A.Declined(), A.Rules, Later);

        var told = heard.Agreement.Apply(Captured("chr_2"), heard.Moved(), Later);

        Assert.Equal((AttemptState.Captured, "chr_2"), (told.Moved().State, told.Moved().ProviderId));
        Assert.Equal((9_900, null), (told.Agreement.CapturedMinorUnits, told.Agreement.Plan.Dunning));
        Assert.Equal("20260115-1: it is chr_1 and also chr_2 at PPRO", ReasonOf(told.Agreement, "it is"));
        Assert.Empty(told.Agreement.Open);
        Assert.DoesNotContain(told.Agreement.Steps(A.Morning.AddDays(2)), it => it is LookStep.Charge);
    }

    [Fact]
    public void Of_two_that_are_captured_the_first_one_heard_of_is_booked_and_a_person_is_called()
    {
        var paid = A.Charging().Hear(Ours, A.Captured(), A.Rules, Later);

        var told = paid.Agreement.Apply(Captured("chr_2"), paid.Moved(), Later);

        Assert.Empty(told.Facts);
        Assert.Equal(9_900, told.Agreement.CapturedMinorUnits);
        Assert.Equal("20260115-1: it is chr_1 and also chr_2 at PPRO", told.Agreement.WhyStopped());
    }

    [Fact]
    public void Two_that_a_search_finds_and_that_both_failed_are_a_decline_and_call_for_a_person()
    {
        var (one, two) = (A.Declined(), A.Declined() with { ProviderId = "chr_2" });

        var heard = A.Charging().HearSeveral(Ours, [two, one], A.Rules, Later);

        Assert.Equal((AttemptState.Declined, "chr_1"), (heard.Moved().State, heard.Moved().ProviderId));
        Assert.Equal("20260115-1: 2 charges found at PPRO", heard.Agreement.WhyStopped());
        Assert.NotNull(heard.Agreement.Plan.Dunning);
    }

    [Fact]
    public void One_that_failed_beside_one_that_is_not_decided_waits()
    {
        var twins = new[] { A.Declined(), A.Pending("chr_2") };

        var heard = A.Charging().HearSeveral(Ours, twins, A.Rules, Later);

        Assert.Equal(AttemptState.InDoubt, heard.Moved().State);
    }

    [Theory]
    [InlineData(990_000, "KRW")]
    [InlineData(9_900, "USD")]
    public void A_second_word_of_another_capture_calls_for_a_person_and_the_books_stay(long minorUnits, string currency)
    {
        var paid = A.Charging().Hear(Ours, A.Captured(), A.Rules, Later);
        var other = A.Captured() with { CapturedMinorUnits = minorUnits, Currency = currency };
        var happened = Captured("chr_1") with { AmountMinorUnits = minorUnits, AmountCurrency = currency };

        Change[] heard =
        [
            paid.Agreement.Hear(paid.Moved(), other, A.Rules, Later),
            paid.Agreement.Apply(happened, paid.Moved(), Later),
        ];

        Assert.All(
            heard,
            it =>
            {
                Assert.Empty(it.Facts);
                Assert.Equal(
                    $"20260115-1: PPRO captured {minorUnits} {currency}, and had said 9900 KRW before",
                    it.Agreement.WhyStopped()
                );
            }
        );
        Assert.Null(paid.Agreement.Hear(paid.Moved(), A.Captured(), A.Rules, Later).Agreement.WhyStopped());
        Assert.Null(paid.Agreement.Apply(Captured("chr_1"), paid.Moved(), Later).Agreement.WhyStopped());
    }

    [Fact]
    public void When_a_person_has_looked_at_what_does_not_say_whose_it_is_it_counts_as_none()
    {
        var late = A.Morning.AddDays(5);
        var called = A.Charging().FoundUnclear(Ours.Key, A.Rules, late).Agreement;

        var accepted = called.AcceptStop(Ours.Key, called.Stops[0].Reason).Agreement;
        var again = accepted.FoundUnclear(Ours.Key, A.Rules, late.AddHours(1));

        Assert.Equal(AttemptState.NeverHappened, again.Moved().State);
        Assert.Null(again.Agreement.WhyStopped());
    }

    private static string ReasonOf(Agreement agreement, string beginning) =>
        agreement
            .Stops.Where(it => it.Reason.StartsWith(beginning, StringComparison.Ordinal))
            .Select(it => $"{it.Subject}: {it.Reason}")
            .Single();

    private static PproEvent Captured(string charge) =>
        A.ChargeEvent(PproEventKind.ChargeCaptureSucceeded) with
        {
            ChargeProviderId = charge,
            AmountMinorUnits = 9_900,
            AmountCurrency = "KRW",
        };
}
