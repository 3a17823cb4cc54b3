using System.Collections.Immutable;
using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>How PPRO's words about an agreement merge, whichever of them is heard first.</summary>
public sealed class WordsOfAgreementsTests
{
    private static readonly DateTimeOffset Later = A.Morning.AddMinutes(20);

    [Fact]
    public void Of_two_readings_the_newer_one_counts_but_what_PPRO_began_with_stays()
    {
        var first = A.Begun().Read(Full(1), Later).Agreement;
        var second = first.Read(Full(2), Later.AddMinutes(1)).Agreement;
        var third = second.Read(A.Says(null), Later.AddMinutes(2)).Agreement;

        Assert.Equal(("url-1", "method-1", "ins_1", "chr_1", "CODE_1"), Heard(first.Provider));
        Assert.Equal(("url-2", "method-2", "ins_2", "chr_2", "CODE_2"), Heard(second.Provider));
        Assert.Equal(("url-2", "method-2", "ins_2", "chr_2", "CODE_2"), Heard(third.Provider));
        Assert.All(
            [first.Provider, second.Provider, third.Provider],
            it => Assert.Equal((A.Morning.AddHours(1), A.Morning.AddDays(1)), (it.StartDate, it.CreatedAt))
        );
        Assert.Equal("agr_1", third.Provider.Id);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)] // it cannot know what was heard of after it was asked
    public void A_reading_settles_what_was_heard_of_until_it_was_asked_for(int ticks, bool isStillToBeRead)
    {
        var heardAt = Later.AddTicks(ticks);
        var agreement = A.Agreement() with { Provider = A.Agreement().Provider with { RecheckAt = heardAt } };

        var read = agreement.Read(A.Says(AgreementStatus.Active), Later, Later.AddSeconds(30)).Agreement.Provider;

        Assert.Equal(isStillToBeRead ? heardAt : null, read.RecheckAt);
        Assert.Equal((Later, Later.AddSeconds(30)), (read.ReadAt, read.ReadTriedAt));
    }

    [Fact]
    public void A_failed_read_puts_off_what_had_to_be_read_and_asks_for_nothing_else()
    {
        var agreement = A.Agreement();
        var waiting = agreement with { Provider = agreement.Provider with { RecheckAt = A.Morning } };

        Assert.Null(agreement.ReadFailed(Later).Agreement.Provider.RecheckAt);
        Assert.Equal(Later.AddMinutes(10), waiting.ReadFailed(Later).Agreement.Provider.RecheckAt);
    }

    [Theory]
    [InlineData("agr_1", "agr_2")]
    [InlineData("agr_2", "agr_1")]
    public void Two_agreements_at_PPRO_are_named_in_one_order_whichever_was_heard_first(string known, string heard)
    {
        var ours = A.Agreement() with { Provider = A.Agreement().Provider with { Id = known } };

        var read = ours.Read(A.Says(AgreementStatus.Active) with { ProviderId = heard }, Later).Agreement;

        Assert.Equal("agreement: it is agr_1 and also agr_2 at PPRO", read.WhyStopped());
        Assert.Equal((known, null), (read.Provider.Id, read.Provider.ReadAt));
    }

    [Fact]
    public void What_was_not_approved_in_time_ends_with_that_reason() =>
        Assert.Equal(
            new Ending(A.Deadline, EndedBy.ApprovalExpired, "not approved in time"),
            A.Begun().Close(A.Deadline).Agreement.Ending
        );

    [Theory]
    [InlineData(AgreementStatus.RevokedByConsumer, AgreementStatus.Active, true)]
    [InlineData(AgreementStatus.RevokedByProvider, AgreementStatus.Active, true)]
    [InlineData(AgreementStatus.RevokedByConsumer, AgreementStatus.AuthenticationPending, false)]
    [InlineData(AgreementStatus.RevokedByConsumer, AgreementStatus.RevokedByMerchant, false)]
    [InlineData(AgreementStatus.RevokedByConsumer, null, false)]
    [InlineData(AgreementStatus.Failed, AgreementStatus.Active, false)] // it is not believed
    [InlineData(AgreementStatus.Failed, AgreementStatus.RevokedByConsumer, false)]
    public void That_a_revoked_agreement_was_active_is_remembered_when_the_word_of_it_comes_late(
        AgreementStatus status,
        AgreementStatus? word,
        bool isRemembered
    )
    {
        var never = A.Agreement() with
        {
            Provider = new() { Id = "agr_1", Status = status },
        };
        var known = never with { Provider = never.Provider with { ActivatedAt = A.Morning } };

        var provider = never.Read(A.Says(word), Later).Agreement.Provider;

        Assert.Equal((status, isRemembered ? Later : null), (provider.Status, provider.ActivatedAt));
        Assert.Equal(A.Morning, known.Read(A.Says(word), Later).Agreement.Provider.ActivatedAt);
    }

    [Theory]
    [InlineData(AgreementStatus.Active, "agreement active")]
    [InlineData(AgreementStatus.Failed, "agreement failed")]
    [InlineData(AgreementStatus.RevokedByConsumer, "agreement revoked")]
    public void What_became_of_the_agreement_is_written_down_with_its_first_charge(
        AgreementStatus status,
        string word
    ) => Assert.Equal([word], Words(A.WithInitialCharge().Read(A.Says(status), Later)));

    [Fact]
    public void So_is_that_PPRO_knows_the_first_charge_once_and_no_more()
    {
        var reading = A.Says(AgreementStatus.Active) with { InitialChargeId = "chr_1" };

        var known = A.WithInitialCharge().Read(reading, Later);
        var again = known.Agreement.Read(reading, Later.AddMinutes(1));

        Assert.Equal(["agreement active", "known at PPRO"], Words(known));
        Assert.Empty(again.Facts);
        Assert.Equal(known.Agreement.Open[0], again.Agreement.Open[0]);
    }

    [Fact]
    public void PPROs_id_of_the_first_charge_is_not_given_to_any_other_charge()
    {
        var reading = A.Says(AgreementStatus.Active) with { InitialChargeId = "chr_0" };

        var other = A.Charging().Read(reading, Later);
        var none = A.Agreement().Read(reading, Later);

        Assert.Equal((null, "chr_0"), (other.Agreement.Open[0].ProviderId, other.Agreement.Provider.InitialChargeId));
        Assert.Equal(("chr_0", true), (none.Agreement.Provider.InitialChargeId, none.Facts.IsEmpty));
        Assert.Empty(other.Facts);
    }

    [Theory]
    [InlineData(20, 1, 21)] // PPRO's list has grown by one at its end
    [InlineData(20, 5, 24)]
    [InlineData(3, 1, 3)]
    [InlineData(3, 1, 4)]
    public void Of_PPROs_lists_the_newest_twenty_are_kept(int known, int from, int to)
    {
        var first = A.Begun().Read(Listing(1, known), Later).Agreement;

        var second = first.Read(Listing(from, to), Later.AddMinutes(1)).Agreement.Provider;

        var ids = Enumerable.Range(1, to).TakeLast(20).Select(n => $"{n}").ToList();
        Assert.Equal(ids, second.History.Select(it => it.Id));
        Assert.Equal(ids, second.Revocations.Select(it => it.Id));
    }

    [Fact]
    public void A_shorter_list_takes_nothing_away()
    {
        var first = A.Begun().Read(Listing(1, 4), Later).Agreement;

        var second = first.Read(Listing(1, 3), Later.AddMinutes(1)).Agreement.Provider;

        Assert.Equal(["1", "2", "3", "4"], second.History.Select(it => it.Id));
    }

    private static AgreementReading Full(int number) =>
        A.Says(null) with
        {
            RequestUrl = $"url-{number}",
            RequestMethod = $"method-{number}",
            InstrumentId = $"ins_{number}",
            InitialChargeId = $"chr_{number}",
            Failure = new("T", $"CODE_{number}", null, null),
            StartDate = A.Morning.AddHours(number),
            CreatedAt = A.Morning.AddDays(number),
        };

    private static AgreementReading Listing(int from, int to)
    {
        var numbers = Enumerable.Range(from, to - from + 1).ToImmutableArray();
        return A.Says(null) with
        {
            History = [.. numbers.Select(n => new HistoryEntry($"{n}", "ACTIVE", A.Morning.AddMinutes(n)))],
            Revocations = [.. numbers.Select(n => new Revocation($"{n}", "FAILED", A.Morning.AddMinutes(n)))],
        };
    }

    private static (string?, string?, string?, string?, string?) Heard(ProviderSide side) =>
        (side.RequestUrl, side.RequestMethod, side.InstrumentId, side.InitialChargeId, side.Failure?.Code);

    private static IEnumerable<string> Words(Change change) =>
        change.Facts.OfType<Fact.AttemptMoved>().Last().Attempt.History.Select(it => it.What);
}
