using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>PPRO's late words about refunds: taken back after they were made, sent back, made after all.</summary>
public sealed class RefundsHeardLateTests
{
    private static readonly DateTimeOffset Later = A.Morning.AddHours(1);
    private static readonly DateTimeOffset Made = Later.AddHours(1);
    private static readonly DateTimeOffset Failed = Made.AddDays(2);
    private const string AfterAll = "a refund failed after it had been made";

    [Fact]
    public void A_failure_after_the_success_is_heard_when_its_event_comes()
    {
        var made = Refunding().Hear(PproEventKind.RefundSucceeded, Made);
        var failed = made.Hear(PproEventKind.RefundFailed, Failed);

        Assert.Equal((4_000, RefundState.Refunded), (made.Agreement.RefundedMinorUnits, made.Refund!.State));
        Assert.Equal((0, RefundState.Pending), (failed.Agreement.RefundedMinorUnits, failed.Refund!.State));
        Assert.Equal([9_900L, 4_000L, -4_000L], failed.Money);
        Assert.Contains(AfterAll, failed.Agreement.WhyStopped(), StringComparison.Ordinal);
        Assert.Contains(
            new LookStep.ReadBackRefund(failed.Refund.Id),
            failed.Agreement.Steps(Failed).Where(step => step is LookStep.ReadBackRefund)
        );
    }

    [Fact]
    public void The_same_when_the_two_overtake_each_other()
    {
        var late = Refunding().Hear(PproEventKind.RefundFailed, Failed).Hear(PproEventKind.RefundSucceeded, Made);

        Assert.Equal((0, RefundState.Pending), (late.Agreement.RefundedMinorUnits, late.Refund!.State));
        Assert.Contains(AfterAll, late.Agreement.WhyStopped(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_success_after_the_failure_counts()
    {
        var made = Refunding().Hear(PproEventKind.RefundFailed, Made).Hear(PproEventKind.RefundSucceeded, Failed);
        var late = Refunding().Hear(PproEventKind.RefundSucceeded, Failed).Hear(PproEventKind.RefundFailed, Made);

        Assert.All(
            [made, late],
            it =>
            {
                Assert.Equal((4_000, RefundState.Refunded), (it.Agreement.RefundedMinorUnits, it.Refund!.State));
                Assert.Null(it.Agreement.WhyStopped());
            }
        );
    }

    [Fact]
    public void A_read_then_settles_what_was_taken_back()
    {
        var taken = Refunding().Hear(PproEventKind.RefundSucceeded, Made).Hear(PproEventKind.RefundFailed, Failed);

        var failed = taken.Read(RefundStatus.Failed, Failed);
        var stands = taken.Read(RefundStatus.Refunded, Failed.AddHours(1));

        Assert.Equal((RefundState.Failed, 9_900), (failed.Refund!.State, failed.Charge.RefundableMinorUnits));
        Assert.Equal((4_000, RefundState.Refunded), (stands.Agreement.RefundedMinorUnits, stands.Refund!.State));
        Assert.Equal([9_900L, 4_000L, -4_000L, 4_000L], stands.Money);
        Assert.Equal([1, 1, 2, 3], stands.MoneyNumbers);
    }

    [Fact]
    public void Money_that_the_consumers_bank_sends_back_is_not_refunded_and_still_taken_of_the_charge()
    {
        var rejected = Refunding().Hear(PproEventKind.RefundSucceeded, Made).Funds("REFUND_FUNDS_REJECTED", Failed);

        Assert.Equal((0, RefundState.Rejected), (rejected.Agreement.RefundedMinorUnits, rejected.Refund!.State));
        Assert.Equal(5_900, rejected.Charge.RefundableMinorUnits);
        Assert.Equal([9_900L, 4_000L, -4_000L], rejected.Money);
        Assert.Contains("sent a refund back", rejected.Agreement.WhyStopped(), StringComparison.Ordinal);
    }

    [Fact]
    public void Sent_back_before_we_hear_that_it_was_made_it_comes_to_the_same()
    {
        var early = Refunding().Funds("REFUND_FUNDS_REJECTED", Failed).Hear(PproEventKind.RefundSucceeded, Made);

        Assert.Equal((0, RefundState.Rejected), (early.Agreement.RefundedMinorUnits, early.Refund!.State));
        Assert.Contains("sent a refund back", early.Agreement.WhyStopped(), StringComparison.Ordinal);
    }

    [Fact]
    public void Money_that_went_after_all_is_refunded()
    {
        var went = Refunding()
            .Hear(PproEventKind.RefundSucceeded, Made)
            .Funds("REFUND_FUNDS_REJECTED", Failed)
            .Funds("REFUND_FUNDS_SENT", Failed.AddDays(1));

        Assert.Equal((4_000, RefundState.Refunded), (went.Agreement.RefundedMinorUnits, went.Refund!.State));
    }

    [Fact]
    public void Funds_news_is_movement_for_the_walk()
    {
        var heard = Refunding().Funds("REFUND_FUNDS_SENT", Failed).Agreement;

        Assert.Equal(Failed, heard.FundsNewsAt);
    }

    [Theory]
    [InlineData(PproEventKind.RefundSucceeded, "chr_1", 2)]
    [InlineData(PproEventKind.RefundFailed, "chr_1", 2)]
    public void A_refund_made_in_the_portal_of_our_charge_is_adopted(PproEventKind kind, string charge, int facts)
    {
        var paid = Paid();
        var change = paid.Agreement.Apply(
            Event(kind, Made, "refund_9", "theirs") with
            {
                ChargeProviderId = charge,
            },
            paid.Charge,
            Made
        );

        var adopted = change.Facts.OfType<Fact.NewRefund>().Single().Refund;
        Assert.True(adopted.IsAdopted);
        Assert.True(change.Facts.Length >= facts);
    }

    [Theory]
    [InlineData("chr_2", "it is chr_1 and also chr_2 at PPRO, with a refund")]
    [InlineData(null, "names none of our charges")]
    public void A_refund_of_another_charge_under_our_reference_is_not_adopted(string? charge, string why)
    {
        var paid = Paid();
        var happened = Event(PproEventKind.RefundSucceeded, Made, "refund_9", "theirs") with
        {
            ChargeProviderId = charge,
            ChargeReference = paid.Charge.Reference,
        };

        var change = paid.Agreement.Apply(happened, paid.Charge, Made);

        Assert.DoesNotContain(change.Facts, it => it is Fact.NewRefund or Fact.MoneyMoved or Fact.AttemptMoved);
        Assert.Equal(0, change.Agreement.RefundedMinorUnits);
        Assert.Contains(why, change.Agreement.WhyStopped(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refund_of_another_amount_than_asked_is_booked_as_PPRO_says_and_calls_for_a_person()
    {
        var made = Refunding().Hear(PproEventKind.RefundSucceeded, Made, minorUnits: 9_000);

        Assert.Equal((9_000, 900), (made.Agreement.RefundedMinorUnits, made.Charge.RefundableMinorUnits));
        Assert.Contains("refunded 9000, and 4000 was asked for", made.Agreement.WhyStopped(), StringComparison.Ordinal);
    }

    private static PproEvent Event(
        PproEventKind kind,
        DateTimeOffset at,
        string id = "refund_1",
        string name = "ref"
    ) =>
        A.ChargeEvent(kind) with
        {
            Time = at,
            RefundProviderId = id,
            RefundReference = name,
            AmountMinorUnits = 4_000,
        };

    private static State Paid()
    {
        var charging = A.Charging();
        var reading = A.Captured() with { CapturedAt = A.Morning };
        return State.After(null, charging.Hear(charging.Open[0], reading, A.Rules, A.Morning));
    }

    private static State Refunding()
    {
        var paid = Paid();
        var intent = new RefundIntent(Refund.IdOf(paid.Charge.Key, "ref"), "ref", "key", "{}"u8.ToArray());
        return State.After(paid, paid.Agreement.ClaimRefund(paid.Charge, new(4_000, "KRW"), intent, Later));
    }

    /// <summary>The agreement, its charge and its refund as they are stored, and all money that moved.</summary>
    private sealed record State(Agreement Agreement, Attempt Charge, Refund? Refund)
    {
        private IReadOnlyList<Fact.MoneyMoved> Moved { get; init; } = [];

        public IEnumerable<long> Money => Moved.Select(it => it.MinorUnits);

        public IEnumerable<int> MoneyNumbers => Moved.Select(it => it.Number);

        public State Hear(PproEventKind kind, DateTimeOffset at, long minorUnits = 4_000) =>
            After(this, Agreement.Apply(Event(kind, at) with { AmountMinorUnits = minorUnits }, Charge, Refund, at));

        public State Funds(string word, DateTimeOffset at)
        {
            var happened = A.ChargeEvent(PproEventKind.FundsStateChanged) with
            {
                Time = at,
                FundsOperationId = "refund_1",
                FundsState = word,
            };
            return After(this, Agreement.Apply(happened, Charge, Refund, at));
        }

        public State Read(RefundStatus status, DateTimeOffset at)
        {
            var reading = new RefundReading("refund_1", status, 4_000, "ref", null, at);
            return After(this, Agreement.HearRefund(Refund!.Id, Charge, reading, at));
        }

        public static State After(State? before, Change change) =>
            new(
                change.Agreement,
                change.Facts.OfType<Fact.AttemptMoved>().LastOrDefault()?.Attempt ?? before!.Charge,
                change.Facts.OfType<Fact.RefundMoved>().LastOrDefault()?.Refund
                    ?? change.Facts.OfType<Fact.NewRefund>().LastOrDefault()?.Refund
                    ?? before?.Refund
            )
            {
                Moved = [.. before?.Moved ?? [], .. change.Facts.OfType<Fact.MoneyMoved>()],
            };
    }
}
