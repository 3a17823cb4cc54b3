using Azure;
using Azure.Data.Tables;
using Storage;

namespace Simulation.Tests;

/// <summary>Whoever lifts an automatic stop decides on what he saw before he asked PPRO.</summary>
internal sealed class RecoveryDecidesOnWhatItSaw : TableTooth
{
    private readonly Dictionary<Actor, TableEntity> seen = [];

    /// <summary>Refusals of our credentials, and reads that are not answered either.</summary>
    public override FaultKind[] Favours => [FaultKind.Http401, FaultKind.Http401, FaultKind.Reset];

    protected override async Task<TableEntity?> FindAsync(World world, ITables inner, string table, RowAddress address)
    {
        var row = await inner.FindAsync(table, address, default);
        var actor = world.Stage.Current!;
        if (row is null || table != StoreNames.Control || !actor.Name.Contains(" timer", StringComparison.Ordinal))
        {
            return row;
        }

        if (!seen.TryGetValue(actor, out var before))
        {
            seen[actor] = row;
            return row;
        }

        before.ETag = row.ETag;
        return before;
    }
}

/// <summary>That a refund has failed is not heard once it had succeeded.</summary>
internal sealed class LateFailureNotHeard : TableTooth
{
    public override Plan Favour(Plan plan) =>
        plan with
        {
            Odd = plan.Odd with { Oddities = [new(0, new("failsLater") { After = TimeSpan.FromHours(3) }, 2)] },
        };

    protected override async Task<IReadOnlyList<ETag>> CommitAsync(
        World world,
        ITables inner,
        string table,
        IReadOnlyList<RowWrite> writes
    )
    {
        var failure = writes.FirstOrDefault(it => it.Entity.GetString("Type") is "PAYMENT_CHARGE_REFUND_FAILED");
        if (failure is null || !writes.Any(IsAgreement))
        {
            return await inner.CommitAsync(table, writes, default);
        }

        var own = writes.First(IsAgreement);
        var address = new RowAddress(own.Entity.PartitionKey, own.Entity.RowKey);
        var unchanged = (await inner.FindAsync(table, address, default))!;
        var etags = await inner.CommitAsync(table, [With(own, unchanged), failure], default);
        return [.. writes.Select(it => ReferenceEquals(it, own) ? etags[0] : etags[1])];
    }
}
