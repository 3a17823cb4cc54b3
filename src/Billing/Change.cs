using System.Collections.Immutable;

namespace Billing;

/// <summary>
/// What a decision does: the agreement as it is afterwards, and the facts to keep beside it in the same transaction.
/// A change whose agreement is the very instance that went in does nothing and costs no write.
/// </summary>
public sealed record Change(Agreement Agreement, ImmutableArray<Fact> Facts)
{
    /// <summary>
    /// What this change, once committed by its own writer, entitles that writer to send; null for nothing.
    /// </summary>
    public Claim? Claim { get; init; }

    public static Change None(Agreement agreement) => new(agreement, []);

    public static Change To(Agreement agreement, params ReadOnlySpan<Fact> facts) => new(agreement, [.. facts]);

    /// <summary>This change, with the moment of the next look that follows from it.</summary>
    public Change Planned(BillingRules rules, DateTimeOffset now)
    {
        var next = Agenda.NextLookAt(Agreement, rules, now);
        return next == Agreement.NextLookAt ? this : this with { Agreement = Agreement with { NextLookAt = next } };
    }

    public Change With(Fact fact) => this with { Facts = Facts.Add(fact) };

    /// <summary>Goes on deciding from here; both parts are committed together.</summary>
    public Change Then(Func<Agreement, Change> next)
    {
        var second = next(Agreement);
        return new(second.Agreement, Facts.AddRange(second.Facts)) { Claim = second.Claim ?? Claim };
    }
}

/// <summary>The right to send one request once, soon.</summary>
public sealed record Claim(string Key, int Sends, DateTimeOffset At)
{
    /// <summary>
    /// The exact bytes, when this claim's own transaction stored them; null when they are read from the row.
    /// </summary>
    public ReadOnlyMemory<byte>? Body { get; init; }
}

/// <summary>Something to be kept with a change. Facts that say "new" are inserted and fail when they exist.</summary>
public abstract record Fact
{
    private Fact() { }

    /// <summary>The exact bytes of the request that creates the agreement, and what the storefront asked.</summary>
    public sealed record NewCreateBody(ReadOnlyMemory<byte> Body) : Fact;

    /// <summary>
    /// An intent: written before PPRO hears of it. The body is empty when the attempt travels with its agreement.
    /// </summary>
    public sealed record NewAttempt(Attempt Attempt, ReadOnlyMemory<byte> Body) : Fact;

    public sealed record AttemptMoved(Attempt Attempt) : Fact;

    /// <summary>A refund's intent, with its exact bytes; or a refund made elsewhere, without any.</summary>
    public sealed record NewRefund(Refund Refund, ReadOnlyMemory<byte> Body) : Fact;

    public sealed record RefundMoved(Refund Refund) : Fact;

    /// <summary>A charge reference is unique within its agreement.</summary>
    public sealed record NewReference(string Reference, string Key) : Fact;

    /// <summary>An applied event, raw, with what it changed.</summary>
    public sealed record NewEvent(
        string EventId,
        string Type,
        DateTimeOffset ReceivedAt,
        string Effect,
        ReadOnlyMemory<byte> Raw
    ) : Fact
    {
        /// <summary>It told of money that moved, and stays for ever.</summary>
        public bool MovedMoney { get; init; }
    }

    /// <summary>
    /// Money moved, by whatever word of PPRO we learnt of it: kept for ever, once for each movement, so that the sums
    /// can be recomputed from these alone. A refund that did not stay made moves the same amount back: below zero.
    /// </summary>
    public sealed record MoneyMoved(
        string ChargeKey,
        string? RefundId,
        string? ProviderId,
        long MinorUnits,
        DateTimeOffset At
    ) : Fact
    {
        /// <summary>1, and one more each time that the same refund moves money again: back, and forth.</summary>
        public int Number { get; init; } = 1;

        /// <summary>Set when it is not the agreement's currency: then no sum counts it.</summary>
        public string? ForeignCurrency { get; init; }
    }

    /// <summary>A keyed operation of a caller: the same key again is answered from here.</summary>
    public sealed record NewOperation(string Hash, string BodyHash, string Made, DateTimeOffset At) : Fact;

    /// <summary>Periods from <paramref name="From"/> to <paramref name="Through"/> that were not charged.</summary>
    public sealed record PeriodsSkipped(DateOnly From, DateOnly Through, int Count, string Reason, DateTimeOffset At)
        : Fact;
}
