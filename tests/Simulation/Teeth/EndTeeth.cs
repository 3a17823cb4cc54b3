using System.Globalization;
using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using Storage;

namespace Simulation.Tests;

/// <summary>What is in doubt is sent again although the plan has ended: a look does not see the end meanwhile.</summary>
internal sealed class ResendIgnoresEnd : TableTooth
{
    private readonly Dictionary<string, string> ends = [];

    /// <summary>Requests that never reach PPRO, so that a search finds nothing.</summary>
    public override FaultKind[] Favours => [FaultKind.Reset, FaultKind.Http500];

    /// <summary>A charge is asked for shortly before the end.</summary>
    public override Plan Favour(Plan plan) => plan with { Lives = [.. plan.Lives.Select(it => Ending(it, plan))] };

    private static LifePlan Ending(LifePlan life, Plan plan)
    {
        var (after, decides) = (plan.Trouble / 2, TimeSpan.FromMinutes(1));
        var end = plan.StartsAt + life.CreatedAfter + decides + after + TimeSpan.FromMinutes(20);
        var request = (JsonObject)life.Request.DeepClone();
        request.Remove("startDate");
        request["endDate"] = end.ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture);
        return life with
        {
            DecidesAfter = decides,
            Request = request,
            Anchor = null,
            Errands = [new(ErrandKind.Charge, after, 2), new(ErrandKind.Charge, after, 5)],
        };
    }

    protected override async Task<TableEntity?> FindAsync(World world, ITables inner, string table, RowAddress address)
    {
        var row = await inner.FindAsync(table, address, default);
        var isDoubtful = row?.GetString("Open0")?.Contains("\"InDoubt\"", StringComparison.Ordinal) is true;
        if (isDoubtful && world.Stage.Current!.Name.Contains(" look ", StringComparison.Ordinal))
        {
            ChangePlan(row, it => Hide(address.Partition, it.AsObject()));
        }

        return row;
    }

    protected override Task<IReadOnlyList<ETag>> CommitAsync(
        World world,
        ITables inner,
        string table,
        IReadOnlyList<RowWrite> writes
    )
    {
        var isLook = world.Stage.Current!.Name.Contains(" look ", StringComparison.Ordinal);
        foreach (var row in writes.Where(it => isLook && IsAgreement(it)).Select(it => it.Entity))
        {
            ChangePlan(row, it => it["EndAt"] ??= ends.GetValueOrDefault(row.PartitionKey));
        }

        return inner.CommitAsync(table, writes, default);
    }

    private void Hide(string agreement, JsonObject plan)
    {
        if (plan["EndAt"] is { } end)
        {
            ends[agreement] = (string)end!;
            plan.Remove("EndAt");
        }
        else
        {
            ends.Remove(agreement);
        }
    }
}
