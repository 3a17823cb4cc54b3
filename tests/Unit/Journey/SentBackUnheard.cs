using Billing;
using Flows.Operations;
using Flows.Requests;
using JourneyKit;
using Storage;

namespace Unit.Tests.JourneyTests;

/// <summary>Someone refunds in PPRO's portal, the money comes back, and every event of that is lost.</summary>
public sealed class SentBackUnheard : IDisposable
{
    private readonly MemoryWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task One_comparison_learns_of_the_refund_and_that_its_money_came_back()
    {
        var id = await world.ActiveAsync();
        var charge = world.ChargesAtPpro(id).Single();
        world.Books.Expect(new("fundsRejected") { After = TimeSpan.FromHours(1) });
        Assert.Equal(200, world.Books.RefundBehindOurBack(charge.Id, 100, "portal").Status);
        world.Clock.AdvanceTo(world.Clock.GetUtcNow() + TimeSpan.FromHours(2));

        var reply = await world
            .Get<RecheckAgreement>()
            .RunAsync(WhoAsks.AtThisMachine, id.Value, """{"actor":"kim","reason":"asked"}"""u8.ToArray(), default);

        Assert.Equal(200, reply.Status);
        var key = ChargeKeys.ParseReference(charge.Reference!)!.Value.Key;
        var refund = Assert.Single(await world.Get<AgreementStore>().ListRefundsAsync(id, key, default));
        Assert.Equal(RefundState.Rejected, refund.State);
        Assert.False((await world.FindAsync(id)).MayCharge);
    }
}
