using Billing;
using TestKit;

namespace Azurite.Tests.JourneyTests;

/// <summary>
/// A look dies before or after any of its effects; its message comes back, and every period is charged once. Guards
/// invariants 1 (one capture for a period), 6 (intent before request) and 20 (every live agreement has its next look
/// in hand).
/// </summary>
[Collection(AzuriteCollection.Name)]
public sealed class CrashingLooks(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_look_that_charges_a_new_period_may_die_anywhere()
    {
        using var world = await World.OpenAsync(azurite);
        await world.ProveAsync(
            new()
            {
                Prepare = async (it, count) => await it.TakeLooksAsync(await it.ActiveAsync(count)),
                Verify = accounts => accounts.VerifyEveryPeriodIsCharged(),
            }
        );
    }
}
