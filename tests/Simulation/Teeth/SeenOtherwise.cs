using Azure.Data.Tables;
using Storage;

namespace Simulation.Tests;

/// <summary>A bug of a rule that looks at an agreement otherwise than it is written down.</summary>
internal abstract class SeenOtherwise : TableTooth
{
    protected abstract void See(World world, TableEntity agreement);

    protected override async Task<TableEntity?> FindAsync(World world, ITables inner, string table, RowAddress address)
    {
        var row = await inner.FindAsync(table, address, default);
        if (row is not null && table == StoreNames.Agreements && address.Row == Keys.Agreement)
        {
            See(world, row);
        }

        return row;
    }

    protected static Life? LifeOf(World world, TableEntity agreement) =>
        world.Lives.Find(it => it.Id.Value == agreement.PartitionKey);
}

/// <summary>One more period is captured than was agreed.</summary>
internal sealed class OneChargeTooMany : SeenOtherwise
{
    protected override void See(World world, TableEntity agreement)
    {
        if (LifeOf(world, agreement)?.Terms.MaxCharges(world.Time.Now) is { } most)
        {
            ChangePlan(agreement, it => it["MaxCharges"] = most + 1);
        }
    }
}

/// <summary>The end is a day, and not a moment: the period of that day still begins.</summary>
internal sealed class EndIsADay : SeenOtherwise
{
    protected override void See(World world, TableEntity agreement)
    {
        if (LifeOf(world, agreement)?.Terms.EndAt(world.Time.Now) is { } end)
        {
            var dayAfter = Grid.DayAt(end).AddDays(1).ToDateTime(default);
            ChangePlan(agreement, it => it["EndAt"] = new DateTimeOffset(dayAfter, Grid.Seoul));
        }
    }
}

/// <summary>A change of the price is forgotten.</summary>
internal sealed class PriceChangeForgotten : SeenOtherwise
{
    protected override void See(World world, TableEntity agreement) =>
        ChangePlan(agreement, it => it["Price"] = "9900 KRW");
}

/// <summary>A new price is asked for a period that began before it was agreed.</summary>
internal sealed class NewPriceTooSoon : SeenOtherwise
{
    protected override void See(World world, TableEntity agreement) =>
        ChangePlan(agreement, it => it["EarlierPrices"] = new System.Text.Json.Nodes.JsonArray());
}

/// <summary>A retry asks for what the plan costs now.</summary>
internal sealed class RetryAtTheNewPrice : SeenOtherwise
{
    protected override void See(World world, TableEntity agreement) =>
        ChangePlan(
            agreement,
            it =>
            {
                if (it["Dunning"] is { } dunning)
                {
                    dunning["Amount"] = (string?)it["Price"];
                }
            }
        );
}

/// <summary>A change of frequency that is taken back has moved the anchor.</summary>
internal sealed class ChangeTakenBackLeavesATrace : SeenOtherwise
{
    public override Plan Favour(Plan plan) =>
        plan with
        {
            Lives =
            [
                .. plan.Lives.Select(it =>
                    it with
                    {
                        Errands = [.. it.Errands, new(ErrandKind.ChangeFrequencyAndBack, plan.Trouble / 4, plan.Seed)],
                    }
                ),
            ],
        };

    protected override void See(World world, TableEntity agreement) =>
        ChangePlan(agreement, it => it.AsObject().Remove("Replaced"));
}

/// <summary>Whatever is charged is taken to be known to be active.</summary>
internal sealed class FreshnessIgnored : SeenOtherwise
{
    protected override void See(World world, TableEntity agreement) =>
        ChangeJson(agreement, "Provider0", it => it["ConfirmedAt"] = world.Stage.Current!.Host?.Clock.GetUtcNow());
}

/// <summary>An event counts as the read at the end of an approval.</summary>
internal sealed class ClosedOnAnEvent : SeenOtherwise
{
    protected override void See(World world, TableEntity agreement) =>
        ChangeJson(agreement, "Provider0", it => it["ReadAt"] = it["ConfirmedAt"]?.DeepClone());
}

/// <summary>A cancel that was taken back happens all the same.</summary>
internal sealed class CancelNotTakenBack : TableTooth
{
    private readonly Dictionary<string, string> cancels = [];

    public override Plan Favour(Plan plan) =>
        plan with
        {
            Lives =
            [
                .. plan.Lives.Select(it =>
                    it with
                    {
                        Errands = [.. it.Errands, new(ErrandKind.CancelAndTakeBack, plan.Trouble / 4, plan.Seed)],
                    }
                ),
            ],
        };

    protected override async Task<TableEntity?> FindAsync(World world, ITables inner, string table, RowAddress address)
    {
        var row = await inner.FindAsync(table, address, default);
        ChangePlan(
            row,
            it =>
            {
                if (it["Cancel"] is { } cancel)
                {
                    cancels[address.Partition] = cancel.ToJsonString();
                }
                else if (
                    cancels.TryGetValue(address.Partition, out var before)
                    && !world.Stage.Current!.Name.EndsWith(" uncancel", StringComparison.Ordinal)
                )
                {
                    it["Cancel"] = System.Text.Json.Nodes.JsonNode.Parse(before);
                }
            }
        );
        return row;
    }
}
