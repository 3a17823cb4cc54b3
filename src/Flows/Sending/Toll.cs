using Billing;

namespace Flows.Sending;

/// <summary>What a request asks of the charging gate.</summary>
/// <param name="Counted">Counts against today's caps; null for what does not.</param>
/// <param name="IsFree">It moves no money at all: the gate is not asked.</param>
public sealed record Toll(long? Counted, bool IsFree = false)
{
    /// <summary>An agreement without a first charge.</summary>
    public static Toll None { get; } = new(null, IsFree: true);

    /// <summary>A refund: no cap holds it back, but a stop does.</summary>
    public static Toll SwitchOnly { get; } = new(Counted: null);

    /// <summary>A charge: it counts, a resend too.</summary>
    public static Toll Of(Money? amount) => new(amount?.MinorUnits ?? 0);
}
