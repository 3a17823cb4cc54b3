using Billing;
using CsCheck;

namespace Unit.Tests.BillingTests;

public sealed class RefundTests
{
    private static readonly DateTimeOffset Later = A.Morning.AddHours(1);

    [Fact]
    public void A_refund_is_reserved_on_its_charge_before_PPRO_hears_of_it()
    {
        var claimed = Claim(Paid(), 4_000);

        Assert.Equal(4_000, claimed.Charge.RefundedMinorUnits);
        Assert.Equal(5_900, claimed.Charge.RefundableMinorUnits);
        Assert.Equal(0, claimed.Agreement.RefundedMinorUnits);
        Assert.NotNull(claimed.Claim);
    }

    [Theory]
    [InlineData(9_901, RefundHindrance.ExceedsRest)]
    [InlineData(9_900, null)]
    public void No_more_than_was_captured_is_refunded(long amount, RefundHindrance? why) =>
        Assert.Equal(why, Paid().Agreement.WhyNoRefund(Paid().Charge, amount, Later));

    [Fact]
    public void One_refund_of_a_charge_at_a_time()
    {
        var (agreement, charge, _) = Claim(Paid(), 100);

        Assert.Equal(RefundHindrance.Unsettled, agreement.WhyNoRefund(charge, 100, Later));
    }

    [Theory]
    [InlineData(363, null)]
    [InlineData(364, RefundHindrance.WindowClosed)]
    public void The_window_closes_a_day_before_the_methods(int days, RefundHindrance? why) =>
        Assert.Equal(why, Paid().Agreement.WhyNoRefund(Paid().Charge, 100, A.Morning.AddDays(days)));

    [Theory]
    [InlineData(RefusalKind.Request, 1, RefundState.NotExecuted)]
    [InlineData(RefusalKind.NotFound, 1, RefundState.NotExecuted)]
    [InlineData(RefusalKind.Credentials, 1, RefundState.Unsent)]
    [InlineData(RefusalKind.Route, 1, RefundState.Unsent)]
    [InlineData(RefusalKind.RateLimited, 1, RefundState.Unsent)]
    [InlineData(RefusalKind.Request, 2, RefundState.InDoubt)]
    [InlineData(RefusalKind.Credentials, 2, RefundState.InDoubt)]
    public void What_a_refusal_proves(RefusalKind kind, int sends, RefundState state)
    {
        var (agreement, charge, _) = Claim(Paid(), 100);
        var sent = agreement.OpenRefunds[0] with { Sends = sends };
        var claim = new Claim(sent.Id, sends, sent.LastClaimedAt!.Value);
        var refused = new Answer<RefundReading>.Refused(new(kind, 400, "no"));

        var change = (agreement with { OpenRefunds = [sent] }).SettleRefund(claim, charge, refused, Later);

        Assert.Equal(state, Moved(change).State);
    }

    [Theory]
    [InlineData("REFUND_NOT_SUPPORTED", RefundState.Failed, 9_900)]
    [InlineData("RETRY_REFUND_LATER", RefundState.Deferred, 5_900)]
    [InlineData("REFUND_BLOCKED_TEMPORARILY", RefundState.Deferred, 5_900)]
    public void A_failure_frees_what_it_held_unless_PPRO_wants_it_later(string code, RefundState state, long free)
    {
        var after = Fail(Claim(Paid(), 4_000), code);

        Assert.Equal((state, free), (after.Refund.State, after.Charge.RefundableMinorUnits));
    }

    [Theory]
    [InlineData("RETRY_REFUND_LATER", 15, 30)]
    [InlineData("REFUND_BLOCKED_TEMPORARILY", 1_440, 1_440)]
    public void Later_is_as_late_as_PPRO_says(string code, int from, int to)
    {
        var wait = Fail(Claim(Paid(), 4_000), code).Refund.RecheckAt!.Value - Later;

        Assert.InRange(wait, TimeSpan.FromMinutes(from), TimeSpan.FromMinutes(to));
    }

    [Fact]
    public void Asking_again_takes_a_new_reference_and_keeps_what_was_reserved()
    {
        var (agreement, charge, deferred) = Fail(Claim(Paid(), 4_000), "RETRY_REFUND_LATER");
        var again = agreement.ClaimRefundAgain(
            deferred.Id,
            charge,
            Intent(RefundNames.OfNext(A.Id, deferred)),
            Later.AddHours(1)
        );

        var open = Assert.Single(again.Agreement.OpenRefunds);
        var name = $"{ChargeKeys.Reference(A.Id, charge.Key)}-r-{deferred.Id}";
        Assert.Equal(($"{name}-2", 2, deferred.Id), (open.Reference, open.Number, open.FirstId));
        Assert.Equal((RefundState.Failed, open.Id), (Moved(again).State, Moved(again).RetriedAs));
        Assert.DoesNotContain(again.Facts, fact => fact is Fact.AttemptMoved);
        Assert.Equal($"{name}-3", RefundNames.OfNext(A.Id, open));
    }

    [Fact]
    public void When_the_window_has_closed_meanwhile_it_has_failed()
    {
        var (agreement, charge, deferred) = Fail(Claim(Paid(), 4_000), "RETRY_REFUND_LATER");
        var late = A.Morning.AddDays(364);

        var change = agreement.ClaimRefundAgain(deferred.Id, charge, Intent("ref-2"), late);

        Assert.Null(change.Claim);
        Assert.Equal(RefundState.Failed, Moved(change).State);
        Assert.Equal(9_900, change.Facts.OfType<Fact.AttemptMoved>().Single().Attempt.RefundableMinorUnits);
    }

    [Theory]
    [InlineData(true, RefundState.Deferred)]
    [InlineData(false, RefundState.NeverHappened)]
    public void What_never_happened_is_asked_for_again_only_when_it_is_owed(bool isOwed, RefundState state)
    {
        var (agreement, charge, refund) = Claim(Paid(), 4_000);
        var open = agreement with { OpenRefunds = [refund with { IsOwed = isOwed }] };

        var change = open.RefundNotFound(refund.Id, charge, true, A.Rules, Later.AddDays(4));

        Assert.Equal((state, null), (Moved(change).State, change.Agreement.WhyStopped()));
    }

    [Fact]
    public void What_one_look_defers_a_look_beside_it_does_not_forget()
    {
        var (agreement, charge, deferred) = Fail(Claim(Paid(), 4_000), "RETRY_REFUND_LATER");

        Assert.Same(agreement, agreement.RefundNotFound(deferred.Id, charge, true, A.Rules, Later).Agreement);
        Assert.Same(agreement, agreement.RefundLooked(deferred.Id, charge, Later).Agreement);
        var forgotten = agreement with { OpenRefunds = [deferred with { RecheckAt = null }] };
        Assert.Contains(new LookStep.RetryRefund(deferred.Id), forgotten.Steps(Later.AddDays(1)));
    }

    [Theory]
    [InlineData(363, true, RefundState.InDoubt)]
    [InlineData(363, false, RefundState.Unsent)] // charging is stopped: it waits
    [InlineData(364, true, RefundState.NotExecuted)]
    [InlineData(364, false, RefundState.NotExecuted)]
    public void A_refund_that_never_left_is_closed_when_its_time_is_over(int days, bool maySend, RefundState state)
    {
        var (agreement, charge, refund) = Claim(Paid(), 4_000);
        var unsent = refund with { State = RefundState.Unsent, Sends = 0 };
        var open = agreement with { OpenRefunds = [unsent] };

        var change = open.RefundNotFound(refund.Id, charge, maySend, A.Rules, A.Morning.AddDays(days));

        Assert.Equal((state, maySend && days < 364), (Moved(change).State, change.Claim is not null));
        Assert.Equal(
            state is RefundState.NotExecuted ? 0 : 4_000,
            After(new(agreement, charge, refund), change).Charge.RefundedMinorUnits
        );
    }

    [Fact]
    public void PPRO_does_not_want_it_later_for_ever() =>
        Assert.Null(
            RefundRetries.After(
                Claim(Paid(), 100).Refund with
                {
                    Number = 12,
                },
                new("T", "RETRY_REFUND_LATER", null, null),
                Later.AddYears(1),
                Later
            )
        );

    [Fact]
    public void A_refund_that_was_closed_and_is_made_after_all_counts_and_is_an_exception()
    {
        var (agreement, charge, failed) = Fail(Claim(Paid(), 4_000), "REFUND_NOT_SUPPORTED");

        var made = new RefundReading(failed.ProviderId!, RefundStatus.Refunded, 4_000, failed.Reference, null, Later);

        var heard = agreement.HearRefundAtPpro(charge, failed, made, Later);

        Assert.Equal(4_000, heard.Agreement.RefundedMinorUnits);
        Assert.NotNull(heard.Agreement.WhyStopped());
        Assert.Same(heard.Agreement, heard.Agreement.HearRefundAtPpro(charge, Moved(heard), made, Later).Agreement);
    }

    [Fact]
    public void Whatever_is_asked_and_answered_refunds_never_exceed_the_capture() =>
        Gen.Select(Gen.Long[1, 12_000], Gen.Int[0, 4])
            .Array[1, 30]
            .Sample(steps =>
            {
                var now = Paid();
                foreach (var (amount, answer) in steps)
                {
                    now = Answer(Claim(now, amount), answer);
                    if (now.Charge.RefundedMinorUnits is < 0 or > 9_900 || now.Agreement.RefundedMinorUnits > 9_900)
                    {
                        return false;
                    }
                }

                return true;
            });

    private static Now Answer(Now now, int answer) =>
        now.Claim is null
            ? now
            : answer switch
            {
                0 => Hear(now, RefundStatus.Refunded, null),
                1 => Fail(now, "REFUND_NOT_SUPPORTED"),
                2 => Fail(now, "RETRY_REFUND_LATER"),
                3 => Hear(now, RefundStatus.Pending, null),
                _ => now,
            };

    private static Now Fail(Now now, string code) => Hear(now, RefundStatus.Failed, new("T", code, "no", null));

    private static Now Hear(Now now, RefundStatus status, Failure? failure)
    {
        var reading = new RefundReading("refund_1", status, now.Refund.Amount.MinorUnits, null, failure, Later);
        return After(now, now.Agreement.HearRefund(now.Refund.Id, now.Charge, reading, Later));
    }

    private static Now Claim(Now now, long amount)
    {
        var reference = now.Agreement.OpenRefunds.IsEmpty ? "ref" : "other";
        return After(now, now.Agreement.ClaimRefund(now.Charge, new(amount, "KRW"), Intent(reference), Later));
    }

    private static Now After(Now before, Change change) =>
        new(
            change.Agreement,
            change.Facts.OfType<Fact.AttemptMoved>().LastOrDefault()?.Attempt ?? before.Charge,
            change.Facts.OfType<Fact.RefundMoved>().LastOrDefault()?.Refund
                ?? change.Facts.OfType<Fact.NewRefund>().LastOrDefault()?.Refund
                ?? before.Refund
        )
        {
            Claim = change.Claim,
        };

    private static Refund Moved(Change change) => change.Facts.OfType<Fact.RefundMoved>().Single().Refund;

    private static RefundIntent Intent(string reference) =>
        new(Refund.IdOf("20260115-1", reference), reference, "key-" + reference, "{}"u8.ToArray());

    private static Now Paid()
    {
        var agreement = A.Charging();
        var change = agreement.Hear(
            agreement.Open[0],
            A.Captured() with
            {
                CapturedAt = A.Morning,
            },
            A.Rules,
            A.Morning
        );
        return new(change.Agreement, change.Moved(), null!);
    }

    /// <summary>The agreement, its charge and its latest refund, as they are stored.</summary>
    private sealed record Now(Agreement Agreement, Attempt Charge, Refund Refund)
    {
        public Claim? Claim { get; init; }
    }
}
