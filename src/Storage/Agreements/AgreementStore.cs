using Azure.Data.Tables;
using Billing;

namespace Storage;

/// <summary>The agreements, each with everything about it in one partition.</summary>
public sealed class AgreementStore(ITables tables, WakeUps wakeUps, TimeProvider clock)
{
    /// <summary>
    /// Writes down a new agreement with its first facts; false when there is one of this id already, which may be
    /// the doing of this very write.
    /// </summary>
    public async Task<AgreementSession?> AddAsync(Change begun, CancellationToken cancellationToken)
    {
        var agreement = begun.Agreement with { Version = 1 };
        List<RowWrite> writes = [new RowWrite.Insert(AgreementRow.From(agreement))];
        writes.AddRange(begun.Facts.Select(fact => FactRows.WriteOf(agreement.Id, fact)));
        try
        {
            var etags = await tables.CommitAsync(StoreNames.Agreements, writes, cancellationToken);
            return new(tables, wakeUps, clock, agreement, etags[0]);
        }
        catch (StorageConflictException)
        {
            return null;
        }
    }

    /// <summary>The agreement as it is now, ready to be changed; null when there is none.</summary>
    public async Task<AgreementSession?> OpenAsync(AgreementId id, CancellationToken cancellationToken) =>
        await FindRowAsync(id, Keys.Agreement, cancellationToken) is { } row
            ? new(tables, wakeUps, clock, AgreementRow.Read(row), row.ETag)
            : null;

    public async Task<Agreement?> FindAsync(AgreementId id, CancellationToken cancellationToken) =>
        await FindRowAsync(id, Keys.Agreement, cancellationToken) is { } row ? AgreementRow.Read(row) : null;

    public async Task<Attempt?> FindAttemptAsync(AgreementId id, string key, CancellationToken cancellationToken) =>
        await FindRowAsync(id, Keys.Charge(key), cancellationToken) is { } row ? AttemptRow.Read(row) : null;

    /// <summary>The key of the attempt that took this reference, when a shop chose it; null for none.</summary>
    public async Task<string?> FindKeyAsync(AgreementId id, string reference, CancellationToken cancellationToken) =>
        (await FindRowAsync(id, Keys.Reference(reference), cancellationToken))?.GetString("Key");

    /// <summary>The exact bytes of an attempt's request.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadBodyAsync(
        AgreementId id,
        string key,
        CancellationToken cancellationToken
    ) =>
        await FindRowAsync(id, Keys.Charge(key), cancellationToken) is { } row
        && AttemptRow.ReadBody(row) is { IsEmpty: false } body
            ? body
            : throw new InvalidOperationException($"Attempt {key} of {id} has no request.");

    /// <summary>The exact bytes of a refund's request.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadRefundBodyAsync(
        AgreementId id,
        Refund refund,
        CancellationToken cancellationToken
    ) =>
        await FindRowAsync(id, Keys.Refund(refund.ChargeKey, refund.Id), cancellationToken) is { } row
        && RefundRow.ReadBody(row) is { IsEmpty: false } body
            ? body
            : throw new InvalidOperationException($"Refund {refund.Id} of {id} has no request.");

    public async Task<Refund?> FindRefundAsync(
        AgreementId id,
        string chargeKey,
        string refundId,
        CancellationToken cancellationToken
    ) =>
        await FindRowAsync(id, Keys.Refund(chargeKey, refundId), cancellationToken) is { } row
            ? RefundRow.Read(row)
            : null;

    /// <summary>All refunds of one charge: of very many, as many as storage gives at once.</summary>
    public Task<IReadOnlyList<Refund>> ListRefundsAsync(
        AgreementId id,
        string chargeKey,
        CancellationToken cancellationToken
    ) => ListRefundsAsync(id, chargeKey, after: null, limit: 1_000, cancellationToken);

    /// <summary>The refunds of one charge in key order, from the one after <paramref name="after"/> on.</summary>
    public async Task<IReadOnlyList<Refund>> ListRefundsAsync(
        AgreementId id,
        string chargeKey,
        string? after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var range = KeyRange.Prefix(id.Value, Keys.RefundPrefix(chargeKey), limit);
        range = after is null ? range : range with { FromRow = Keys.Refund(chargeKey, after) + "!" };
        var rows = await tables.RangeAsync(StoreNames.Agreements, range, cancellationToken);
        return [.. rows.Select(RefundRow.Read)];
    }

    /// <summary>The exact bytes of the request that creates the agreement.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadCreateBodyAsync(AgreementId id, CancellationToken cancellationToken) =>
        await FindRowAsync(id, Keys.CreateBody, cancellationToken) is { } row
            ? row.Checked().GetBytes("Body")
            : throw new InvalidOperationException($"Agreement {id} has no create row.");

    /// <summary>What a caller's keyed operation made, when it was done before; null otherwise.</summary>
    public async Task<DoneOperation?> FindOperationAsync(
        AgreementId id,
        string hash,
        CancellationToken cancellationToken
    ) =>
        (
            await FindRowAsync(id, Keys.Operation(hash), cancellationToken)
            ?? await FindRowAsync(id, Keys.OperationPrefixBefore + hash, cancellationToken)
        )
            is { } row
        && row.GetString("BodyHash") is { } bodyHash
            ? new(bodyHash, row.GetString("Made")!)
            : null;

    /// <summary>Attempts in key order, from the one after <paramref name="after"/> on.</summary>
    public async Task<IReadOnlyList<Attempt>> ListAttemptsAsync(
        AgreementId id,
        string? after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var range = KeyRange.Prefix(id.Value, Keys.ChargePrefix, limit);
        range = after is null ? range : range with { FromRow = Keys.Charge(after) + "!" };
        var rows = await tables.RangeAsync(StoreNames.Agreements, range, cancellationToken);
        return [.. rows.Select(AttemptRow.Read)];
    }

    /// <summary>The attempts of one period, in their order: their numbers have one digit, or up to three.</summary>
    public async Task<IReadOnlyList<Attempt>> ListAttemptsAsync(
        AgreementId id,
        DateOnly period,
        CancellationToken cancellationToken
    )
    {
        var prefix = Keys.Charge(BillingPeriod.NameOf(period) + "-");
        var range = KeyRange.Prefix(id.Value, prefix, BillingRules.MaxAttempts + 1);
        var rows = await tables.RangeAsync(StoreNames.Agreements, range, cancellationToken);
        return [.. rows.Select(AttemptRow.Read).OrderBy(it => it.Number)];
    }

    /// <summary>Ranges of periods that were not charged, in order.</summary>
    public Task<IReadOnlyList<SkippedPeriods>> ListSkipsAsync(
        AgreementId id,
        int limit,
        CancellationToken cancellationToken
    ) => ListSkipsAsync(id, null, limit, cancellationToken);

    /// <summary>Ranges of periods that were not charged, in order, from the period of this name on.</summary>
    public async Task<IReadOnlyList<SkippedPeriods>> ListSkipsAsync(
        AgreementId id,
        string? from,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var range = KeyRange.Prefix(id.Value, Keys.SkipPrefix, limit);
        range = from is null ? range : range with { FromRow = Keys.SkipPrefix + from };
        var rows = await tables.RangeAsync(StoreNames.Agreements, range, cancellationToken);
        return [.. rows.Select(SkippedPeriods.Read)];
    }

    private Task<TableEntity?> FindRowAsync(AgreementId id, string row, CancellationToken cancellationToken) =>
        tables.FindAsync(StoreNames.Agreements, new(id.Value, row), cancellationToken);
}

/// <summary>A keyed operation that was done: the hash of its body, and what it made.</summary>
public sealed record DoneOperation(string BodyHash, string Made);

/// <summary>A range of periods that were not charged, with the reason.</summary>
public sealed record SkippedPeriods(DateOnly From, DateOnly Through, int Count, string Reason, DateTimeOffset At)
{
    internal static SkippedPeriods Read(TableEntity row) =>
        new(
            Day(row.GetString("FromOn")!),
            Day(row.GetString("ThroughOn")!),
            row.GetInt32("Count")!.Value,
            row.GetString("Reason")!,
            row.GetDateTimeOffset("At")!.Value
        );

    private static DateOnly Day(string text) =>
        DateOnly.ParseExact(text, "yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
}
