using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>Which charge an event speaks of, and what it says of one that PPRO has twice.</summary>
public sealed class EventsOfChargesTests
{
    private static readonly DateTimeOffset Later = A.Morning.AddMinutes(20);
    private static readonly Attempt Unknown = A.Charging().Open[0];
    private static readonly Attempt Known = Unknown with { ProviderId = "chr_1" };

    [Fact]
    public void An_event_is_about_the_charge_that_bears_PPROs_id_before_one_that_bears_its_reference()
    {
        var other = Known with { Key = "s-1", Reference = "a shop's name", Period = null };
        var happened = A.ChargeEvent(PproEventKind.ChargeCreated) with { ChargeReference = Unknown.Reference };

        Assert.Same(other, (A.Agreement() with { Open = [Unknown, other] }).FindOpen(happened));
        Assert.Same(other, (A.Agreement() with { Open = [other, Unknown] }).FindOpen(happened));
    }

    [Theory]
    [InlineData("chr_1", null, "chr_1")]
    [InlineData("chr_1", "chr_1", "chr_1")]
    [InlineData(null, "chr_1", "chr_1")]
    [InlineData(null, null, null)]
    public void PPROs_id_of_a_charge_stays_known_and_is_learnt(string? known, string? heard, string? after)
    {
        var attempt = Unknown with { ProviderId = known };
        var happened = A.Event(PproEventKind.ChargeCreated) with { ChargeProviderId = heard };

        Assert.Equal(after, A.Open(attempt).Apply(happened, attempt, Later).Moved().ProviderId);
    }

    [Theory]
    [InlineData(PproEventKind.Unknown)]
    [InlineData(PproEventKind.AgreementUpdated)]
    [InlineData(PproEventKind.AgreementRevokedByProvider)]
    [InlineData(PproEventKind.InstrumentCreated)]
    [InlineData(PproEventKind.ReportExpired)]
    public void A_word_that_is_not_about_charges_moves_no_charge(PproEventKind kind)
    {
        var change = A.Open(Unknown).Apply(A.ChargeEvent(kind), Unknown, Later);

        Assert.Empty(change.Facts);
        Assert.Equal(Unknown, Assert.Single(change.Agreement.Open));
    }

    [Fact]
    public void A_chargeback_of_a_charge_of_ours_calls_for_a_person() =>
        Assert.Equal("20260115-1: chargeback", WhyStopped(PproEventKind.ChargebackSucceeded, "chr_1"));

    [Theory]
    [InlineData(PproEventKind.ChargebackSucceeded, "20260115-1: it is chr_1 and also chr_2 at PPRO, with a chargeback")]
    [InlineData(PproEventKind.RefundSucceeded, "20260115-1: it is chr_1 and also chr_2 at PPRO, with a refund")]
    [InlineData(PproEventKind.ChargeCreated, null)]
    [InlineData(PproEventKind.ChargeAuthorizationFailed, null)]
    public void Money_that_moved_by_a_second_charge_calls_for_a_person_who_reads_of_both(
        PproEventKind kind,
        string? why
    ) => Assert.Equal(why, WhyStopped(kind, "chr_2"));

    private static string? WhyStopped(PproEventKind kind, string charge)
    {
        var change = A.Open(Known).Apply(A.Event(kind) with { ChargeProviderId = charge }, Known, Later);
        Assert.Empty(change.Facts);
        return change.Agreement.WhyStopped();
    }
}
