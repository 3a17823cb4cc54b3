using System.Collections.Immutable;
using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>What PPRO says of something else than we asked about, or of it otherwise than we asked.</summary>
public sealed class StrangersTests
{
    private static readonly DateTimeOffset Later = A.Morning.AddMinutes(10);
    private static readonly Attempt Ours = A.Charging().Open[0];
    private static readonly Attempt Shops = Ours with { Key = "s-1", Reference = "a shop's name", Period = null };

    [Theory]
    [InlineData("ours", "agr_1", true, false)]
    [InlineData("ours", null, true, false)]
    [InlineData("ours", "agr_2", false, false)]
    [InlineData("another", "agr_1", false, false)]
    [InlineData(null, "agr_1", false, true)]
    [InlineData(null, null, false, true)]
    [InlineData(null, "agr_2", false, false)]
    public void A_hit_for_a_reference_of_our_making_is_ours_by_it(
        string? reference,
        string? agreement,
        bool isOurs,
        bool isUnclear
    ) => AssertFound(Ours, reference is "ours" ? Ours.Reference : reference, agreement, isOurs, isUnclear);

    [Theory]
    [InlineData("a shop's name", "agr_1", true, false)]
    [InlineData("a shop's name", null, false, true)] // the shop may have given it twice
    [InlineData("a shop's name", "agr_2", false, false)]
    [InlineData("another", "agr_1", false, false)]
    [InlineData(null, "agr_1", false, true)]
    public void A_hit_for_a_shops_reference_is_ours_when_it_names_our_agreement_too(
        string? reference,
        string? agreement,
        bool isOurs,
        bool isUnclear
    ) => AssertFound(Shops, reference, agreement, isOurs, isUnclear);

    [Fact]
    public void What_may_be_ours_is_neither_believed_nor_sent_again_and_in_the_end_a_person_is_called()
    {
        var early = A.Charging().FoundUnclear(Ours.Key, A.Rules, Later);
        var late = A.Charging().FoundUnclear(Ours.Key, A.Rules, A.Morning.AddDays(5)).Agreement;

        Assert.Equal((AttemptState.InDoubt, null), (early.Moved().State, early.Claim));
        Assert.Null(early.Agreement.WhyStopped());
        Assert.Equal(AttemptState.InDoubt, late.Open.Single().State);
        Assert.Contains("does not say whose it is", late.WhyStopped(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("another", "agr_1")]
    [InlineData("ours", "agr_2")]
    public void An_answer_about_something_else_is_not_believed_and_calls_for_a_person(string name, string agreement)
    {
        var reading = Of(name is "ours" ? Ours.Reference : name, agreement);

        var heard = A.Charging().Hear(Ours, reading, A.Rules, Later).Agreement;

        Assert.Equal((AttemptState.InDoubt, 0), (heard.Open.Single().State, heard.CapturedMinorUnits));
        Assert.StartsWith("20260115-1: asked about it, PPRO speaks of chr_1", heard.WhyStopped());
        var declined = reading with { Status = ChargeStatus.NotCaptured };
        Assert.Null(A.Charging().Hear(Ours, declined, A.Rules, Later).Agreement.WhyStopped());
    }

    [Theory]
    [InlineData(990_000, "KRW", 990_000)]
    [InlineData(9_899, "KRW", 9_899)]
    [InlineData(9_900, "USD", 0)]
    [InlineData(0, "KRW", 0)]
    [InlineData(990_000, "USD", 0)]
    public void Captured_otherwise_than_asked_the_books_say_so_and_a_person_is_called(
        long minorUnits,
        string currency,
        long counted
    )
    {
        var reading = A.Captured() with { CapturedMinorUnits = minorUnits, Currency = currency };
        var happened = A.ChargeEvent(PproEventKind.ChargeCaptureSucceeded) with
        {
            AmountMinorUnits = minorUnits,
            AmountCurrency = currency,
        };

        foreach (
            var change in (Change[])
                [
                    A.Charging().Hear(Ours, reading, A.Rules, Later),
                    A.Charging().Apply(happened, Ours, Later),
                    A.Charging().Settle(Ours, A.Said(reading), A.ClaimOf(Ours), A.Rules, Later),
                ]
        )
        {
            var (after, moved) = (change.Agreement, change.Facts.OfType<Fact.MoneyMoved>().Single());
            Assert.Equal((counted, 1), (after.CapturedMinorUnits, after.Plan.CapturedPeriods));
            Assert.Equal((minorUnits, currency is "KRW" ? null : currency), (moved.MinorUnits, moved.ForeignCurrency));
            Assert.Equal(minorUnits, change.Moved().CapturedMinorUnits);
            Assert.Equal((null, true), (after.Plan.PaidThroughOn, after.Plan.IsPastDue));
            Assert.Equal(
                $"20260115-1: PPRO captured {minorUnits} {currency}, and 9900 KRW was asked for",
                after.WhyStopped()
            );
            Assert.False(after.MayCharge);
        }
    }

    [Theory]
    [InlineData(9_900L, "KRW")]
    [InlineData(9_900L, null)]
    [InlineData(null, null)] // PPRO does not say
    public void What_was_captured_as_asked_is_paid(long? minorUnits, string? currency)
    {
        var reading = A.Captured() with { CapturedMinorUnits = minorUnits, Currency = currency };

        var paid = A.Charging().Hear(Ours, reading, A.Rules, Later).Agreement;

        Assert.Equal((9_900, A.Day("2026-02-15")), (paid.CapturedMinorUnits, paid.Plan.PaidThroughOn));
        Assert.Equal((null, false), (paid.WhyStopped(), paid.Plan.IsPastDue));
    }

    [Fact]
    public void Of_a_failed_and_a_captured_twin_the_captured_one_wins_whatever_the_order()
    {
        ChargeReading[] twins = [Failed("chr_1"), A.Captured("chr_2")];

        var one = A.Charging().HearSeveral(Ours, twins, A.Rules, Later);
        var other = A.Charging().HearSeveral(Ours, [.. twins.Reverse()], A.Rules, Later);

        Assert.All(
            [one, other],
            it =>
            {
                Assert.Equal((AttemptState.Captured, "chr_2"), (it.Moved().State, it.Moved().ProviderId));
                Assert.Equal((null, 9_900), (it.Agreement.Plan.Dunning, it.Agreement.CapturedMinorUnits));
                Assert.Equal("20260115-1: 2 charges found at PPRO", it.Agreement.WhyStopped());
            }
        );
    }

    [Fact]
    public void Of_two_captured_twins_the_earlier_one_is_ours_whatever_the_order()
    {
        ChargeReading[] twins =
        [
            A.Captured("chr_1") with
            {
                CapturedAt = Later,
            },
            A.Captured("chr_2") with
            {
                CapturedAt = A.Morning,
            },
        ];

        Assert.Equal("chr_2", A.Charging().HearSeveral(Ours, twins, A.Rules, Later).Moved().ProviderId);
        Assert.Equal("chr_2", A.Charging().HearSeveral(Ours, [.. twins.Reverse()], A.Rules, Later).Moved().ProviderId);
    }

    [Fact]
    public void A_twin_that_a_read_shows_is_taken_for_the_attempt_when_it_was_captured()
    {
        var known = Ours with { ProviderId = "chr_1" };

        var heard = A.Open(known).Hear(known, A.Captured("chr_2"), A.Rules, Later);
        var pending = A.Open(known).Hear(known, A.Pending("chr_2"), A.Rules, Later).Agreement;

        Assert.Equal((AttemptState.Captured, "chr_2"), (heard.Moved().State, heard.Moved().ProviderId));
        Assert.Equal("20260115-1: it is chr_1 and also chr_2 at PPRO", heard.Agreement.WhyStopped());
        Assert.Equal(("chr_1", true), (pending.Open[0].ProviderId, pending.WhyStopped() is not null));
    }

    [Fact]
    public void A_twin_of_a_captured_charge_moves_no_more_money_here()
    {
        var captured = A.Charging().Hear(Ours, A.Captured(), A.Rules, A.Morning);

        var heard = captured.Agreement.Hear(captured.Moved(), A.Captured("chr_2"), A.Rules, Later);

        Assert.DoesNotContain(heard.Facts, it => it is Fact.MoneyMoved);
        Assert.Equal(9_900, heard.Agreement.CapturedMinorUnits);
        Assert.NotNull(heard.Agreement.WhyStopped());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_twin_that_was_captured_is_paired_with_the_attempt_whatever_the_order(bool isFirst)
    {
        var (failed, captured) = (Named(Failed("chr_1")), Named(A.Captured("chr_2")));
        ImmutableArray<ChargeReading> theirs = isFirst ? [captured, failed] : [failed, captured];

        var pairs = Pairing.Of([Ours with { ProviderId = "chr_1" }], theirs);

        Assert.Equal("chr_2", pairs.Single(it => it.Ours is not null).Theirs!.ProviderId);
    }

    [Fact]
    public void A_read_of_another_agreement_is_not_merged_and_calls_for_a_person()
    {
        var reading = new AgreementReading { ProviderId = "agr_2", Status = AgreementStatus.RevokedByConsumer };

        var read = A.Agreement().Read(reading, Later).Agreement;

        Assert.Equal((AgreementStatus.Active, "agr_1"), (read.Status, read.Provider.Id));
        Assert.Equal((null, Later), (read.Provider.ReadAt, read.Provider.ReadTriedAt));
        Assert.Equal("agreement: it is agr_1 and also agr_2 at PPRO", read.WhyStopped());
    }

    [Fact]
    public void A_read_under_another_reference_is_not_merged_either()
    {
        var reading = A.Says(AgreementStatus.RevokedByConsumer) with { Reference = "someone else's" };

        var read = A.Agreement().Read(reading, Later).Agreement;

        Assert.Equal(AgreementStatus.Active, read.Status);
        Assert.Contains("someone else's", read.WhyStopped(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nor_is_an_answer_to_the_create_that_names_another()
    {
        var named = A.Begun() with { Provider = new() { Id = "agr_1" } };
        var said = new Answer<AgreementReading>.Said(new() { ProviderId = "agr_2", Status = AgreementStatus.Active });

        var settled = named.SettleCreate(said, A.CreateClaim(named), Later).Agreement;

        Assert.Equal((null, "agr_1"), (settled.Status, settled.Provider.Id));
        Assert.NotNull(settled.WhyStopped());
    }

    private static void AssertFound(Attempt attempt, string? reference, string? agreement, bool isOurs, bool isUnclear)
    {
        var found = SearchResult.Of(attempt, A.Agreement(), [Of(reference, agreement)]);

        Assert.Equal((isOurs, isUnclear), (found.Ours.Length is 1, found.IsUnclear));
    }

    private static ChargeReading Of(string? reference, string? agreement) =>
        A.Captured() with
        {
            Reference = reference,
            AgreementProviderId = agreement,
        };

    private static ChargeReading Named(ChargeReading reading) => reading with { Reference = Ours.Reference };

    private static ChargeReading Failed(string id) =>
        A.Captured(id) with
        {
            Status = ChargeStatus.NotCaptured,
            StatusWord = "FAILED",
            Failure = new("T", "INSUFFICIENT_FUNDS", "no", null),
        };
}
