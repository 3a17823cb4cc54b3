using Billing;
using Flows.Sending;
using Flows.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Simulation.Tests;

/// <summary>Another rule than the operator's.</summary>
internal abstract class RuleTooth : Tooth
{
    protected abstract BillingRules Change(BillingRules rules);

    public override void Plant(World world, IServiceCollection services) =>
        services.AddSingleton(it => Change(it.GetRequiredService<IOptions<ChargingOptions>>().Value.ToRules()));
}

/// <summary>Reads that stay empty for 16 h are believed.</summary>
internal sealed class NeverHappenedTooSoon : RuleTooth
{
    /// <summary>A charge that PPRO made and hides for long, and resends that do not reach PPRO meanwhile.</summary>
    public override FaultKind[] Favours => [FaultKind.Hidden, FaultKind.Reset, FaultKind.Reset, FaultKind.Http500];

    protected override BillingRules Change(BillingRules rules) =>
        rules with
        {
            NeverHappenedAfter = TimeSpan.FromHours(16),
        };
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

/// <summary>A plan that is over stays as it is for ever.</summary>
internal sealed class NeverCompleted : RuleTooth
{
    protected override BillingRules Change(BillingRules rules) => rules with { AfterLastPeriod = AfterLastPeriod.Keep };
}

/// <summary>The window is open at night too.</summary>
internal sealed class WindowIgnored : RuleTooth
{
    protected override BillingRules Change(BillingRules rules) =>
        rules with
        {
            WindowOpens = new(0, 0),
            WindowCloses = new(23, 59),
            Spread = TimeSpan.FromHours(20),
        };
}
