using System.Text.Json.Nodes;
using Azure;
using Storage;

namespace Simulation.Tests;

/// <summary>A bug of a rule that writes something else than it should.</summary>
internal abstract class WrittenOtherwise : TableTooth
{
    /// <summary>What is written in the end; nothing, when it is not written at all.</summary>
    protected abstract IReadOnlyList<RowWrite> Write(World world, string table, IReadOnlyList<RowWrite> writes);

    protected override async Task<IReadOnlyList<ETag>> CommitAsync(
        World world,
        ITables inner,
        string table,
        IReadOnlyList<RowWrite> writes
    )
    {
        var written = Write(world, table, writes);
        var etags = written is [] ? [] : await inner.CommitAsync(table, written, default);
        return etags.Count == writes.Count
            ? etags
            : [.. writes.Select((_, number) => etags.ElementAtOrDefault(number))];
    }
}

/// <summary>A declined period is tried again every day.</summary>
internal sealed class TriedAgainEveryDay : WrittenOtherwise
{
    protected override IReadOnlyList<RowWrite> Write(World world, string table, IReadOnlyList<RowWrite> writes)
    {
        foreach (var row in writes.Where(IsAgreement).Select(it => it.Entity))
        {
            ChangePlan(row, it => Hasten(it["Dunning"], world.Time.Now));
        }

        return writes;
    }

    private static void Hasten(JsonNode? dunning, DateTimeOffset now)
    {
        if (dunning is not null && (DateTimeOffset)dunning["RetryAt"]! is var planned && planned > now.AddDays(1))
        {
            dunning["RetryAt"] = planned.AddDays(-Math.Floor((planned - now).TotalDays));
        }
    }
}

/// <summary>What is declined is given up, as if every decline were a hard one.</summary>
internal sealed class NeverTriedAgain : WrittenOtherwise
{
    protected override IReadOnlyList<RowWrite> Write(World world, string table, IReadOnlyList<RowWrite> writes)
    {
        foreach (var row in writes.Where(IsAgreement).Select(it => it.Entity))
        {
            ChangePlan(row, it => it["IsPastDue"] = it.AsObject().Remove("Dunning") || (bool)it["IsPastDue"]!);
        }

        return writes;
    }
}

/// <summary>The first charge of an agreement that we ended unseen is kept.</summary>
internal sealed class OwedChargeKept : WrittenOtherwise
{
    protected override IReadOnlyList<RowWrite> Write(World world, string table, IReadOnlyList<RowWrite> writes)
    {
        foreach (var row in writes.Where(IsAgreement).Select(it => it.Entity))
        {
            row.Remove("LateCapture");
        }

        return writes;
    }
}

/// <summary>What PPRO captured is written down, and not compared with what was asked for.</summary>
internal sealed class CapturedAmountNotCompared : WrittenOtherwise
{
    public override Plan Favour(Plan plan) =>
        plan with
        {
            Odd = plan.Odd with { Oddities = [new(0.3, new("captureOther") { Amount = new(990_000, "KRW") }, 1)] },
        };

    protected override IReadOnlyList<RowWrite> Write(World world, string table, IReadOnlyList<RowWrite> writes)
    {
        foreach (var row in writes.Where(IsAgreement).Select(it => it.Entity).Where(it => it.ContainsKey("Stops")))
        {
            var stops = JsonNode.Parse(row.GetString("Stops") ?? "[]")!.AsArray();
            var others = stops.Where(it => !((string)it!["Reason"]!).Contains("asked for", StringComparison.Ordinal));
            row["Stops"] = others.Any()
                ? new JsonArray([.. others.Select(it => it!.DeepClone())]).ToJsonString()
                : null;
        }

        return writes;
    }
}

/// <summary>What stops an agreement's charging is listed nowhere.</summary>
internal sealed class ExceptionNotListed : WrittenOtherwise
{
    protected override IReadOnlyList<RowWrite> Write(World world, string table, IReadOnlyList<RowWrite> writes) =>
        table == StoreNames.Exceptions ? [] : writes;
}

/// <summary>What was closed stays on the list.</summary>
internal sealed class ExceptionListedForGood : WrittenOtherwise
{
    protected override IReadOnlyList<RowWrite> Write(World world, string table, IReadOnlyList<RowWrite> writes) =>
        table == StoreNames.Exceptions && writes.Any(it => it is RowWrite.Delete) ? [] : writes;
}

/// <summary>A refund that PPRO wants later is forgotten.</summary>
internal sealed class LaterRefundForgotten : WrittenOtherwise
{
    protected override IReadOnlyList<RowWrite> Write(World world, string table, IReadOnlyList<RowWrite> writes)
    {
        foreach (var row in writes.Where(IsAgreement).Select(it => it.Entity))
        {
            if (row.GetString("OpenRefunds0") is { } text)
            {
                var waiting = JsonNode.Parse(text)!.AsArray().Where(it => (string?)it!["State"] is not "Deferred");
                row["OpenRefunds0"] = new JsonArray([.. waiting.Select(it => it!.DeepClone())]).ToJsonString();
            }
        }

        return writes;
    }
}
