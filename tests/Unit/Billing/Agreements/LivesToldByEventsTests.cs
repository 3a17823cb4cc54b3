using System.Collections.Immutable;
using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>What events alone tell of an agreement, until a read brings PPRO's own words.</summary>
public sealed class LivesToldByEventsTests
{
    private static readonly DateTimeOffset Moment = A.Morning.AddMinutes(2);
    private static readonly DateTimeOffset Later = A.Morning.AddMinutes(20);
    private static readonly Failure Why = new("T", "A_CODE", "no", null);

    [Theory]
    [InlineData("INITIALIZING")]
    [InlineData("AUTHENTICATION_PENDING")]
    [InlineData("ACTIVE")]
    [InlineData("FAILED")]
    [InlineData("REVOKED_BY_CONSUMER")]
    [InlineData("REVOKED_BY_MERCHANT")]
    [InlineData("REVOKED_BY_PROVIDER")]
    public void An_event_is_an_entry_in_PPROs_word_and_by_PPROs_clock(string word)
    {
        var told = Telling(word, Moment) with { Id = "evt_7", Failure = Why };

        Assert.Equal([new HistoryEntry("evt_7", word, Moment, Why)], Hear(told).Provider.History.AsEnumerable());
    }

    [Fact]
    public void One_that_does_not_say_when_it_happened_is_an_entry_of_the_moment_in_which_it_is_heard()
    {
        var told = Telling("ACTIVE", Moment) with { Time = null };

        Assert.Equal([new HistoryEntry("evt_ACTIVE", "ACTIVE", Later)], Hear(told).Provider.History.AsEnumerable());
    }

    [Fact]
    public void A_status_that_is_told_twice_stays_as_it_was_told_first()
    {
        var again = Telling("ACTIVE", Moment.AddMinutes(1)) with { Id = "evt_again" };

        Assert.Equal(
            [new("evt_ACTIVE", "ACTIVE", Moment), new("evt_FAILED", "FAILED", Moment.AddMinutes(2))],
            Hear(Telling("ACTIVE", Moment), again, Telling("FAILED", Moment.AddMinutes(2)))
                .Provider.History.AsEnumerable()
        );
    }

    [Theory]
    [InlineData("INITIALIZING AUTHENTICATION_PENDING ACTIVE REVOKED_BY_CONSUMER")]
    [InlineData("REVOKED_BY_CONSUMER ACTIVE AUTHENTICATION_PENDING INITIALIZING")]
    [InlineData("ACTIVE INITIALIZING REVOKED_BY_CONSUMER AUTHENTICATION_PENDING")]
    public void Statuses_of_one_moment_follow_each_other_as_in_every_life_in_whatever_order_they_are_heard(string heard)
    {
        var read = A.Says(AgreementStatus.AuthorizationProcessing) with
        {
            History = [new("h_1", "AUTHORIZATION_PROCESSING", Moment)],
        };

        Assert.Equal(
            ["INITIALIZING", "AUTHENTICATION_PENDING", "AUTHORIZATION_PROCESSING", "ACTIVE", "REVOKED_BY_CONSUMER"],
            Words(
                heard
                    .Split(' ')
                    .Aggregate(A.Begun().Read(read, Moment).Agreement, (so, word) => Hear(so, Telling(word, Moment)))
            )
        );
    }

    [Theory]
    [InlineData("REVOKED_BY_MERCHANT REVOKED_BY_CONSUMER")]
    [InlineData("REVOKED_BY_CONSUMER REVOKED_BY_MERCHANT")]
    public void Two_ends_of_one_moment_stand_in_the_order_in_which_they_were_heard(string heard) =>
        Assert.Equal(heard.Split(' '), Words(Hear([.. heard.Split(' ').Select(word => Telling(word, Moment))])));

    [Fact]
    public void Statuses_of_different_moments_stand_in_the_order_of_PPROs_clock()
    {
        var (pending, active) = (Telling("AUTHENTICATION_PENDING", Later), Telling("ACTIVE", Moment));

        Assert.Equal(["ACTIVE", "AUTHENTICATION_PENDING"], Words(Hear(pending, active)));
        Assert.Equal(["ACTIVE", "AUTHENTICATION_PENDING"], Words(Hear(active, pending)));
    }

    [Fact]
    public void What_is_known_of_an_agreement_is_taken_from_the_first_event_that_tells_it()
    {
        var first = Updated("agr_1", "https://one.example", "GET", Why);
        var other = Updated("agr_2", "https://two.example", "POST", new("T", "ANOTHER_CODE", "no", null));
        var silent = Updated(null, null, null, null);

        Assert.All(
            (PproEvent[][])
                [
                    [first],
                    [first, other],
                    [first, silent],
                    [silent, first],
                ],
            events =>
            {
                var it = Hear(events).Provider;
                Assert.Equal(
                    ("agr_1", "https://one.example", "GET", Why),
                    (it.Id, it.RequestUrl, it.RequestMethod, it.Failure)
                );
            }
        );
    }

    [Fact]
    public void An_event_after_a_long_list_leaves_room_for_what_is_read_next()
    {
        var full = A.Says(AgreementStatus.Active) with { History = Entries(1, 20) };
        var told = Hear(A.Begun().Read(full, Later, Later).Agreement, Telling("FAILED", Later));
        var read = told.Read(full with { History = Entries(3, 22) }, Later, Later).Agreement;

        Assert.Equal("FAILED", told.Provider.History[^1].Status);
        Assert.Equal(20, told.Provider.History.Length);
        Assert.Equal("22", read.Provider.History[^1].Status);

        static ImmutableArray<HistoryEntry> Entries(int from, int to) =>
            [
                .. Enumerable
                    .Range(from, to - from + 1)
                    .Select(it => new HistoryEntry($"h_{it}", $"{it}", Moment.AddSeconds(it))),
            ];
    }

    [Fact]
    public void A_chargeback_of_a_charge_that_we_did_not_make_says_which()
    {
        var happened = A.Event(PproEventKind.ChargebackSucceeded) with { ChargeProviderId = "chr_9" };

        Assert.Equal(
            "agreement: chargeback of chr_9, a charge that we did not make",
            Hear(A.Agreement(), happened).WhyStopped()
        );
    }

    private static PproEvent Telling(string word, DateTimeOffset at)
    {
        var (kind, type) = word switch
        {
            "INITIALIZING" => (PproEventKind.AgreementCreated, "CREATED"),
            "AUTHENTICATION_PENDING" => (PproEventKind.AgreementAuthenticationPending, word),
            "ACTIVE" => (PproEventKind.AgreementActive, word),
            "FAILED" => (PproEventKind.AgreementFailed, word),
            "REVOKED_BY_CONSUMER" => (PproEventKind.AgreementRevokedByConsumer, word),
            "REVOKED_BY_MERCHANT" => (PproEventKind.AgreementRevokedByMerchant, word),
            _ => (PproEventKind.AgreementRevokedByProvider, word),
        };
        return A.Event(kind, $"evt_{word}") with { Type = $"PAYMENT_AGREEMENT_{type}", Time = at };
    }

    private static PproEvent Updated(string? agreement, string? url, string? method, Failure? why) =>
        A.Event(PproEventKind.AgreementUpdated) with
        {
            AgreementProviderId = agreement,
            RequestUrl = url,
            RequestMethod = method,
            Failure = why,
        };

    private static IEnumerable<string> Words(Agreement agreement) => agreement.Provider.History.Select(it => it.Status);

    private static Agreement Hear(params PproEvent[] events) => events.Aggregate(A.Begun(), Hear);

    private static Agreement Hear(Agreement agreement, PproEvent happened) =>
        agreement.Apply(happened, null, Later).Agreement;
}
