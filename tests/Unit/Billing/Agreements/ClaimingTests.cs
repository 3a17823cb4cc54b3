using Billing;

namespace Unit.Tests.BillingTests;

public sealed class ClaimingTests
{
    [Fact]
    public void A_claim_keeps_the_intent_beside_the_agreement()
    {
        var change = A.Agreement().Claim(A.Due(0), A.Morning);

        var fact = Assert.IsType<Fact.NewAttempt>(Assert.Single(change.Facts));
        Assert.Same(fact.Attempt, Assert.Single(change.Agreement.Open));
        Assert.Equal("{}"u8.ToArray(), fact.Body.ToArray());
    }

    [Fact]
    public void A_claimed_attempt_counts_as_sent_before_it_leaves()
    {
        var attempt = A.Charging().Open[0];

        Assert.Equal((AttemptState.InDoubt, 1), (attempt.State, attempt.Sends));
        Assert.Equal((A.Morning, A.Morning), (attempt.FirstSentAt, attempt.LastClaimedAt));
    }

    [Fact]
    public void A_claimed_attempt_says_what_it_collects()
    {
        var attempt = A.Charging().Open[0];

        Assert.Equal((A.Period(0), 1, A.Price), (attempt.Period, attempt.Number, attempt.Amount));
        Assert.Equal("20260115-1", attempt.Key);
        Assert.Equal($"{A.Id}-20260115-1", attempt.Reference);
    }

    [Fact]
    public void A_claim_entitles_to_one_send_of_the_bytes_that_are_stored_with_it()
    {
        var change = A.Agreement().Claim(A.Due(0), A.Morning);

        Assert.Equal(new Claim("20260115-1", 1, A.Morning), change.Claim! with { Body = null });
        Assert.Equal(change.Facts.OfType<Fact.NewAttempt>().Single().Body, change.Claim.Body);
    }

    [Fact]
    public void A_claim_moves_the_agreement_on_to_its_next_period() => Assert.Equal(1, A.Charging().Plan.NextPeriod);

    [Fact]
    public void A_claim_of_a_retry_does_not_move_the_schedule() =>
        Assert.Equal(
            3,
            A.Planned(plan => plan with { NextPeriod = 3 }).Claim(A.Due(2, 2), A.Morning).Agreement.Plan.NextPeriod
        );

    [Fact]
    public void A_claim_of_a_retry_ends_its_dunning() =>
        Assert.Null(InDunning().Claim(A.Due(0, 2), A.Morning).Agreement.Plan.Dunning);

    [Fact]
    public void A_retry_does_not_make_the_agreement_past_due() =>
        Assert.False(InDunning().Claim(A.Due(0, 2), A.Morning).Agreement.Plan.IsPastDue);

    [Fact]
    public void A_new_period_leaves_the_one_in_dunning_uncollected()
    {
        var plan = InDunning().Claim(A.Due(1), A.Morning).Agreement.Plan;

        Assert.Null(plan.Dunning);
        Assert.True(plan.IsPastDue);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_period_with_an_open_attempt_is_not_claimed_again(int attempt) =>
        AssertNothing(A.Charging(), it => it.Claim(A.Due(0, attempt), A.Morning));

    [Theory]
    [InlineData(AttemptState.Waiting)]
    [InlineData(AttemptState.Unsent)]
    [InlineData(AttemptState.InDoubt)]
    [InlineData(AttemptState.Pending)]
    public void Every_open_attempt_blocks_its_own_period(AttemptState state) =>
        AssertNothing(A.Open(A.Charging().Open[0] with { State = state }), it => it.Claim(A.Due(0, 2), A.Morning));

    [Fact]
    public void Doubt_blocks_no_other_period() =>
        Assert.Equal(2, A.Charging().Claim(A.Due(1), A.Morning).Agreement.Open.Length);

    [Fact]
    public void A_single_charge_blocks_no_period() =>
        Assert.NotNull(A.Open(A.Charging().Open[0] with { Period = null }).Claim(A.Due(0), A.Morning).Claim);

    [Theory]
    [MemberData(nameof(NotChargeable))]
    public void Nothing_is_claimed_unless_the_agreement_may_be_charged(Agreement agreement) =>
        AssertNothing(agreement, it => it.Claim(A.Due(0), A.Morning));

    [Theory]
    [MemberData(nameof(NotChargeable))]
    public void No_single_charge_is_claimed_unless_the_agreement_may_be_charged(Agreement agreement) =>
        AssertNothing(agreement, it => Single(it, "s-1", A.Morning));

    [Fact]
    public void No_more_than_20_attempts_are_open_at_once()
    {
        var full = Enumerable
            .Range(0, 20)
            .Aggregate(A.Agreement(), (agreement, number) => agreement.Claim(A.Due(number), A.Morning).Agreement);

        Assert.Equal(20, full.Open.Length);
        AssertNothing(full, it => it.Claim(A.Due(20), A.Morning));
    }

    [Fact]
    public void A_single_charge_has_no_period_and_leaves_the_schedule_alone()
    {
        var change = Single(A.Agreement(), "s-1", A.Morning);

        Assert.Null(change.Agreement.Open[0].Period);
        Assert.Equal(A.Agreement().Plan.NextPeriod, change.Agreement.Plan.NextPeriod);
    }

    [Fact]
    public void A_single_charge_with_a_reference_of_the_shops_reserves_it()
    {
        var change = A.Agreement().ClaimSingle(A.Price, A.Intent("s-1"), isOwnReference: true, A.Rules, A.Morning);

        Assert.Contains(new Fact.NewReference($"{A.Id}-s-1", "s-1"), change.Facts);
    }

    [Fact]
    public void The_same_single_charge_is_not_begun_twice() =>
        AssertNothing(Single(A.Agreement(), "s-1", A.Morning).Agreement, it => Single(it, "s-1", A.Morning));

    [Fact]
    public void Only_so_many_single_charges_are_begun_in_one_day()
    {
        var rules = A.Rules with { SingleChargesPerDay = 1 };
        var charged = Single(A.Agreement(), "s-1", A.Morning).Agreement;

        Assert.Equal(ChargeHindrance.TooManyToday, charged.WhyNoSingleCharge(rules, A.Seoul("2026-01-15T23:59")));
        Assert.Null(charged.WhyNoSingleCharge(rules, A.Seoul("2026-01-16T00:00")));
    }

    [Fact]
    public void No_single_charge_is_begun_before_the_start()
    {
        var start = A.Morning.AddDays(1);
        var agreement = A.Agreement() with { Terms = A.Terms() with { StartDate = start } };

        Assert.Equal(ChargeHindrance.NotStarted, agreement.WhyNoSingleCharge(A.Rules, A.Morning));
        Assert.Null(agreement.WhyNoSingleCharge(A.Rules, start));
    }

    public static TheoryData<Agreement> NotChargeable() =>
        [
            A.Begun(),
            With(AgreementStatus.AuthenticationPending),
            With(AgreementStatus.Failed),
            With(AgreementStatus.RevokedByConsumer),
            A.Agreement() with
            {
                Ending = new(A.Morning, EndedBy.Storefront, null),
            },
            A.Agreement() with
            {
                Stops = [new("agreement", "two charges", A.Morning)],
            },
        ];

    private static Agreement With(AgreementStatus status) =>
        A.Agreement() with
        {
            Provider = A.Agreement().Provider with { Status = status },
        };

    private static Agreement InDunning() =>
        A.Planned(plan => plan with { NextPeriod = 1, Dunning = new(A.Period(0), 2, A.Morning, A.Price) });

    private static Change Single(Agreement agreement, string key, DateTimeOffset now) =>
        agreement.ClaimSingle(A.Price, A.Intent(key), isOwnReference: false, A.Rules, now);

    private static void AssertNothing(Agreement before, Func<Agreement, Change> decide)
    {
        var change = decide(before);
        Assert.Same(before, change.Agreement);
        Assert.Empty(change.Facts);
        Assert.Null(change.Claim);
    }
}
