using System.Collections.Immutable;
using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>
/// An agreement, a charge of 9,900 won that it has collected, and the latest refund of that, as they are stored.
/// </summary>
internal sealed record RefundStory(Agreement Agreement, Attempt Charge, Refund Refund)
{
    public static readonly DateTimeOffset Asked = A.Morning.AddHours(1);

    /// <summary>The last change; null at the start.</summary>
    public Change? Last { get; private init; }

    public string? Why => Agreement.WhyStopped();

    /// <summary>What happened to the refund last, as an operator reads it.</summary>
    public string LastWord => Refund.History[^1].What;

    public IEnumerable<string> Words => Refund.History.Select(it => it.What);

    /// <summary>The right to the refund's latest send.</summary>
    public Claim Claim => new(Refund.Id, Refund.Sends, Refund.LastClaimedAt!.Value);

    public static (Agreement Agreement, Attempt Charge) Paid()
    {
        var charging = A.Charging();
        var reading = A.Captured() with { CapturedAt = A.Morning };
        var paid = charging.Hear(charging.Open[0], reading, A.Rules, A.Morning);
        return (paid.Agreement, paid.Moved());
    }

    /// <summary>A refund of 4,000 won is written down and sent, and nothing is heard of it yet.</summary>
    public static RefundStory Begun(bool isOwed = false)
    {
        var (agreement, charge) = Paid();
        var intent = Intent("ref", charge);
        return new RefundStory(agreement, charge, null!).After(
            agreement.ClaimRefund(charge, new(4_000, "KRW"), intent, Asked, isOwed)
        );
    }

    public static RefundIntent Intent(string reference, Attempt charge) =>
        new(Refund.IdOf(charge.Key, reference), reference, "key-" + reference, "{}"u8.ToArray());

    /// <summary>So many open refunds of other charges.</summary>
    public static ImmutableArray<Refund> Others(int count)
    {
        var one = Begun().Refund;
        return [.. Enumerable.Range(0, count).Select(n => one with { Id = $"other-{n}", ChargeKey = $"20250101-{n}" })];
    }

    /// <summary>This story with an open refund that is otherwise.</summary>
    public RefundStory As(Func<Refund, Refund> change)
    {
        var changed = change(Refund);
        return this with { Refund = changed, Agreement = Agreement with { OpenRefunds = [changed] } };
    }

    public RefundStory After(Change change) =>
        new(
            change.Agreement,
            change.Facts.OfType<Fact.AttemptMoved>().LastOrDefault()?.Attempt ?? Charge,
            change
                .Facts.Select(it => (it as Fact.RefundMoved)?.Refund ?? (it as Fact.NewRefund)?.Refund)
                .LastOrDefault(it => it is not null)
                ?? Refund
        )
        {
            Last = change,
        };

    public RefundStory Answered(Answer<RefundReading> answer, DateTimeOffset now) =>
        After(Agreement.SettleRefund(Claim, Charge, answer, now));

    public RefundStory Unfound(DateTimeOffset now, bool maySend = true) =>
        After(Agreement.RefundNotFound(Refund.Id, Charge, maySend, A.Rules, now));

    /// <summary>What a read of this very refund says.</summary>
    public RefundStory Read(RefundReading reading, DateTimeOffset now) =>
        After(Agreement.HearRefund(Refund.Id, Charge, reading, now));

    /// <summary>What PPRO's list of the charge's refunds says.</summary>
    public RefundStory Listed(RefundReading reading, DateTimeOffset now) =>
        After(Agreement.HearRefundAtPpro(Charge, Refund, reading, now));

    public RefundStory Heard(PproEvent happened, DateTimeOffset now) =>
        After(Agreement.Apply(happened, Charge, Refund, now));

    public static RefundReading Says(RefundStatus status, string? code = null, DateTimeOffset? at = null) =>
        new("refund_1", status, 4_000, "ref", code is null ? null : new("T", code, "no", null), at);

    public static PproEvent Event(PproEventKind kind, DateTimeOffset? at) =>
        A.ChargeEvent(kind) with
        {
            Time = at,
            RefundProviderId = "refund_1",
            RefundReference = "ref",
            AmountMinorUnits = 4_000,
        };
}
