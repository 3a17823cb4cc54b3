using System.Collections.Immutable;
using Billing;
using Unit.Tests.BillingTests;

namespace Unit.Tests.JourneyTests;

/// <summary>
/// An agreement with its rows, changed by events and by nothing else: what the processor does, without its memory of
/// events that came before. So nothing here leans on a repeated event being recognised.
/// </summary>
internal sealed record Heard(Agreement Agreement)
{
    private static readonly DateTimeOffset AppliedAt = A.Morning.AddHours(2);

    public ImmutableSortedDictionary<string, Attempt> Attempts { get; private init; } =
        Agreement.Open.ToImmutableSortedDictionary(it => it.Key, it => it);

    public ImmutableSortedDictionary<string, Refund> Refunds { get; private init; } =
        ImmutableSortedDictionary<string, Refund>.Empty;

    /// <summary>What moved, by what its row is named after.</summary>
    public ImmutableSortedDictionary<string, long> Moved { get; private init; } =
        ImmutableSortedDictionary<string, long>.Empty;

    public Attempt Charge => Attempts.Values.Single();

    public Heard After(PproEvent happened)
    {
        var key = ChargeKeys.ParseReference(happened.ChargeReference)?.Key;
        var refund = happened.RefundOfWhich is { } id
            ? Pairing.OursOf(id, happened.RefundReference, [.. Refunds.Values])
            : null;
        return After(Agreement.Apply(happened, key is null ? null : Find(key), refund, AppliedAt));
    }

    public Heard After(Change change) =>
        change.Facts.Aggregate(this with { Agreement = change.Agreement }, (it, fact) => it.Keep(fact));

    /// <summary>All that is not bookkeeping of when and how often we sent and looked, for comparing.</summary>
    public string Text()
    {
        var provider = Agreement.Provider;
        return string.Join(
            '\n',
            (string[])
                [
                    $"{provider.Status} {provider.Id} {provider.RequestUrl} {provider.RequestMethod} {provider.Failure}",
                    $"active {provider.ActivatedAt:O} confirmed {provider.ConfirmedAt:O} recheck {provider.RecheckAt:O}",
                    $"updated {provider.UpdatedAt:O}",
                    .. provider.History.Select(it => $"{it.Status} {it.CreatedAt:O} {it.Failure}"),
                    $"{Agreement.Plan}",
                    $"{Agreement.Ending} {Agreement.LateCapture} {Agreement.WhyStopped()}",
                    $"captured {Agreement.CapturedMinorUnits} refunded {Agreement.RefundedMinorUnits}",
                    $"open {string.Join(' ', Agreement.Open.Select(it => it.Key).Order())}",
                    $"refunding {string.Join(' ', Agreement.OpenRefunds.Select(it => it.Id).Order())}",
                    .. Attempts.Values.Select(Text),
                    .. Refunds.Values.Select(Text),
                    .. Moved
                        .GroupBy(it => it.Key[..it.Key.LastIndexOf(' ')], it => it.Value)
                        .Where(it => it.Sum() is not 0)
                        .Select(it => $"moved {it.Key} {it.Sum()}"),
                ]
        );
    }

    /// <summary>Open ones are in the agreement's own row, as for the processor.</summary>
    private Attempt Find(string key) => Agreement.FindOpen(key) ?? Attempts[key];

    private Heard Keep(Fact fact)
    {
        switch (fact)
        {
            case Fact.AttemptMoved moved:
                return this with { Attempts = Attempts.SetItem(moved.Attempt.Key, moved.Attempt) };
            case Fact.NewRefund made:
                Assert.False(Refunds.ContainsKey(made.Refund.Id), "a refund is adopted twice");
                return this with { Refunds = Refunds.Add(made.Refund.Id, made.Refund) };
            case Fact.RefundMoved moved:
                return this with { Refunds = Refunds.SetItem(moved.Refund.Id, moved.Refund) };
            case Fact.MoneyMoved money:
                var key = $"{money.ChargeKey} {money.RefundId} {money.Number}";
                Assert.False(Moved.ContainsKey(key), $"{key} moved twice");
                return this with { Moved = Moved.Add(key, money.MinorUnits) };
            default:
                return this;
        }
    }

    private static string Text(Attempt it) =>
        $"{it.Key} {it.State} {it.ProviderId} {it.Failure} {it.CaptureId} {it.CapturedAt:O} "
        + $"{it.CapturedMinorUnits}-{it.RefundedMinorUnits} recheck {(it.IsOpen ? it.RecheckAt : null):O} "
        + string.Join(' ', it.Funds.OrderBy(funds => funds.OperationId, StringComparer.Ordinal));

    private static string Text(Refund it) =>
        $"{it.Id} {it.State} {it.ProviderId} {it.Amount} {it.IsAdopted} recheck {(it.IsOpen ? it.RecheckAt : null):O}";
}
