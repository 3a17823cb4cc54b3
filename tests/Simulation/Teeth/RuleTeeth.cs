using Billing;
using Flows;
using Microsoft.Extensions.DependencyInjection;

namespace Simulation.Tests;

/// <summary>Reads that stay empty for 16 h are believed.</summary>
internal sealed class NeverHappenedTooSoon : Tooth
{
    /// <summary>A charge that PPRO made and hides for long, and resends that do not reach PPRO meanwhile.</summary>
    public override FaultKind[] Favours => [FaultKind.Hidden, FaultKind.Reset, FaultKind.Reset, FaultKind.Http500];

    public override void Plant(World world, IServiceCollection services) =>
        services.AddSingleton(BillingRules.Default with { NeverHappenedAfter = TimeSpan.FromHours(16) });
}

/// <summary>A request leaves however old its claim is: the send clock stands still from its start on.</summary>
internal sealed class PostLongAfterItsClaim : Tooth
{
    public override void Plant(World world, IServiceCollection services) =>
        services.AddSingleton(new SendClock(new StoppedClock(world)));

    private sealed class StoppedClock(World world) : TimeProvider
    {
        public override long GetTimestamp() => 0;

        public override DateTimeOffset GetUtcNow() => world.Ledger.LastClaimAt + world.ClockOffset;
    }
}
