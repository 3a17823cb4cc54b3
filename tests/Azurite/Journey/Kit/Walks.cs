using Azure.Data.Tables;
using Billing;
using Flows.Walk;
using Storage;

namespace Azurite.Tests.JourneyTests;

/// <summary>The daily walk, on demand.</summary>
public static class Walks
{
    /// <summary>A whole round, if the day's is not done yet; what it left.</summary>
    public static async Task<WalkState> WalkAsync(this World world)
    {
        while (await world.Get<WalkAgreements>().RunAsync(default) > 0)
        {
            if ((await world.StateOfWalkAsync()).FinishedAt is not null)
            {
                break;
            }
        }

        return await world.StateOfWalkAsync();
    }

    public static async Task<WalkState> StateOfWalkAsync(this World world) =>
        (await world.Get<WalkStateStore>().LoadAsync(default)).State;

    public static (int Visited, int Orphans) Visits(this WalkState state) =>
        (state.Counts.Visited, state.Counts.Orphans);

    /// <summary>Changes the agreement's row behind everybody's back.</summary>
    public static async Task TamperAsync(this World world, AgreementId id, Action<TableEntity> change)
    {
        var tables = world.Get<ITables>();
        var row = (await tables.FindAsync(StoreNames.Agreements, new(id.Value, Keys.Agreement), default))!;
        change(row);
        await tables.CommitAsync(StoreNames.Agreements, [new RowWrite.Replace(row, row.ETag)], default);
    }
}
