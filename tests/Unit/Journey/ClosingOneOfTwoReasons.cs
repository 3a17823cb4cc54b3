using Flows.Operations;
using Flows.Requests;
using JourneyKit;

namespace Unit.Tests.JourneyTests;

/// <summary>Two reasons stop one agreement: each is listed, and closing one does not say "done".</summary>
public sealed class ClosingOneOfTwoReasons
{
    private const string Amount = "\"amount\":{\"value\":9900,\"currency\":\"KRW\"}";

    [Fact]
    public async Task Each_is_listed_and_the_answer_to_a_close_tells_whether_charging_goes_on()
    {
        using var world = new MemoryWorld();
        var id = await world.ActiveAsync();
        var charge = world.ChargesAtPpro(id).Single();
        await world.TakeInAsync("CHARGEBACK_SUCCEEDED", charge.Id, $"\"paymentChargeId\":\"{charge.Id}\",{Amount}");
        await world.TakeInAsync(
            "PAYMENT_CHARGE_CAPTURE_SUCCEEDED",
            "charge_2",
            $"\"paymentChargeId\":\"charge_2\",\"merchantPaymentChargeReference\":\"{charge.Reference}\",{Amount}"
        );

        var listed = await world.ExceptionsAsync();
        Assert.Equal(2, listed.Count);
        var first = await world.CloseAsync(listed[0]);
        Assert.False((bool)first["chargingGoesOn"]!);
        Assert.Equal(listed[1].Reason, (string?)first["stillStoppedBy"]!.AsArray().Single()!["reason"]);
        await world.Host.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Single(world.ChargesAtPpro(id));
        Assert.Equal(listed[1].Key, Assert.Single(await world.ExceptionsAsync()).Key); // the walk leaves it open

        var second = await world.CloseAsync(listed[1]);
        Assert.True((bool)second["chargingGoesOn"]!);
        Assert.Empty(second["stillStoppedBy"]!.AsArray());
        await world.Host.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.True(world.ChargesAtPpro(id).Count > 1);
    }

    [Fact]
    public async Task The_walk_lists_what_stops_and_never_closes_it()
    {
        using var world = new MemoryWorld();
        var id = await world.ActiveAsync();
        var session = (await world.Get<Storage.AgreementStore>().OpenAsync(id, default))!;
        await session.ChangeAsync(
            it => it.CallForAPerson("agreement", "seen before the list was", world.Clock.GetUtcNow()),
            default
        );
        Assert.Empty(await world.ExceptionsAsync());

        await world
            .Get<RecheckAgreement>()
            .RunAsync(WhoAsks.AtThisMachine, id.Value, """{"actor":"kim","reason":"again"}"""u8.ToArray(), default);
        var entry = Assert.Single(await world.ExceptionsAsync());
        await world
            .Get<RecheckAgreement>()
            .RunAsync(WhoAsks.AtThisMachine, id.Value, """{"actor":"kim","reason":"again"}"""u8.ToArray(), default);

        Assert.Equal(entry.Key, Assert.Single(await world.ExceptionsAsync()).Key);
        Assert.True(entry.StopsCharging);
    }
}
