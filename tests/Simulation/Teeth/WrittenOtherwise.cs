using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
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

/// <summary>What PPRO has refused as a request is given up.</summary>
internal sealed class RefusedGivenUp : WrittenOtherwise
{
    public override Plan Favour(Plan plan) =>
        plan with
        {
            ClosesExceptions = true,
            Odd = plan.Odd with { Refusals = [new(0.8, 400, plan.Trouble / 4, false)] },
        };

    protected override IReadOnlyList<RowWrite> Write(World world, string table, IReadOnlyList<RowWrite> writes)
    {
        var isRefused = writes.Any(it => it.Entity.GetString("State") is "NotExecuted");
        foreach (var row in writes.Where(it => isRefused && IsAgreement(it)).Select(it => it.Entity))
        {
            ChangePlan(row, it => it.AsObject().Remove("Dunning"));
        }

        return writes;
    }
}

/// <summary>A retry by hand uses up the days on which a period is tried again by itself.</summary>
internal sealed class HandsUseUpTheDays : WrittenOtherwise
{
    public override Plan Favour(Plan plan) =>
        plan with
        {
            Lives =
            [
                .. plan.Lives.Select(it =>
                    it with
                    {
                        DeclinesAfter = plan.Trouble - TimeSpan.FromDays(1),
                        Declines = 6,
                        Errands = [.. it.Errands, new(ErrandKind.RetryDeclined, plan.Trouble / 2, plan.Seed)],
                    }
                ),
            ],
        };

    protected override IReadOnlyList<RowWrite> Write(World world, string table, IReadOnlyList<RowWrite> writes)
    {
        var isByHand = writes.Any(it =>
            it.Entity.GetString("State") is "Declined"
            && it.Entity.GetString("Attempt0")!.Contains("\"IsByHand\":true", StringComparison.Ordinal)
        );
        foreach (var row in writes.Where(it => isByHand && IsAgreement(it)).Select(it => it.Entity))
        {
            ChangePlan(row, it => it.AsObject().Remove("Dunning"));
        }

        return writes;
    }
}

/// <summary>Whatever is old is thrown away.</summary>
internal sealed class MoneyThrownAway : Tooth
{
    public override Plan Favour(Plan plan) => LongPlan.Of(plan) with { Odd = OddPlan.None };

    public override void Plant(World world, IServiceCollection services) =>
        Around(services, inner => new Tables(inner));

    /// <summary>Every event looks like one that moved no money.</summary>
    private sealed class Tables(ITables inner) : ITables
    {
        public Task<TableEntity?> FindAsync(string table, RowAddress address, CancellationToken cancellationToken) =>
            inner.FindAsync(table, address, cancellationToken);

        public async Task<IReadOnlyList<TableEntity>> RangeAsync(
            string table,
            KeyRange range,
            CancellationToken cancellationToken
        )
        {
            var rows = await inner.RangeAsync(table, range, cancellationToken);
            foreach (var row in rows.Where(it => it.GetString("Type") is "PAYMENT_CHARGE_CAPTURE_SUCCEEDED"))
            {
                row["Type"] = "FUNDS_STATE_CHANGED";
            }

            return rows;
        }

        public Task<IReadOnlyList<ETag>> CommitAsync(
            string table,
            IReadOnlyList<RowWrite> writes,
            CancellationToken cancellationToken
        ) => inner.CommitAsync(table, writes, cancellationToken);
    }
}
