using Flows.Events;
using JourneyKit;
using Ppro;
using Storage;

namespace Unit.Tests.JourneyTests;

/// <summary>
/// A hundred thousand mutated webhooks through the receiver that deploys: none is answered by an error of ours, none
/// changes anything without a valid signature, and every signed one can be accounted for (the README's promises 22, 23,
/// 25).
/// </summary>
public sealed class FuzzingWebhooks
{
    private const int All = 100_000;
    private const int Signed = 500;
    private const int Seed = 20260115;

    [Fact]
    public async Task Mutated_webhooks_change_nothing_without_a_signature_and_signed_ones_are_all_accounted_for()
    {
        using var world = new MemoryWorld();
        var mutations = new Mutations(new(Seed), await LivesAsync(world), world.Books.Settings.SigningSecrets[^1]);
        var isSigned = mutations.Choose(Signed, All);
        var before = await world.SnapshotAsync();
        List<byte[]> believed = [];

        for (var number = 0; number < All; number++)
        {
            var now = world.Clock.GetUtcNow();
            var request = isSigned.Contains(number) ? mutations.Signed(now) : mutations.Unsigned(now);
            var reply = await world.Get<ReceivePproWebhook>().RunAsync(request, default);
            if (isSigned.Contains(number))
            {
                Assert.Equal(200, reply.Status);
                believed.Add(request.Body!.Value.ToArray());
            }
            else
            {
                Assert.True(reply.Status is 401 or 413 or 415, $"webhook {number}: {reply.Status}");
            }
        }

        Assert.Equal(before, await world.SnapshotAsync());
        Assert.Equal(believed, world.Queues.Bodies(StoreNames.PproEvents).Select(RawOf));
        await world.Host.SettleAsync();
        await AssertAllAreAccountedForAsync(world, believed);
    }

    /// <summary>All that PPRO tells of two agreements, one of which ends.</summary>
    private static async Task<IReadOnlyList<byte[]>> LivesAsync(MemoryWorld world)
    {
        var (first, second) = (await world.ActiveAsync(), await world.ActiveAsync());
        await world.ChargeAsync(first, "a shops own name");
        world.Books.EndFromOutside(world.AtPpro(second).Id, byConsumer: true);
        await world.Host.SettleAsync();
        return world.Books.With(it => it.Events.All.Select(told => told.Body).ToList());
    }

    private static async Task AssertAllAreAccountedForAsync(MemoryWorld world, List<byte[]> believed)
    {
        var rows = await world.Tables.RangeAsync(StoreNames.Agreements, new("0", "~", int.MaxValue), default);
        var applied = rows.Select(it => it.RowKey).ToHashSet();
        var kept = (await world.QuarantinedAsync()).Select(it => it.Key.Id).ToHashSet();
        foreach (var raw in believed)
        {
            var name = NameOf(raw);
            Assert.True(applied.Contains(Keys.EventPrefix + name) || kept.Contains(name), $"{name} is lost");
        }

        Assert.Contains(believed, it => applied.Contains(Keys.EventPrefix + NameOf(it)));
        Assert.True(kept.Count > Signed / 10, $"only {kept.Count} are in quarantine");
        foreach (var queue in StoreNames.Queues)
        {
            Assert.Equal(0, await world.Queues.DepthAsync(queue, default));
        }
    }

    private static byte[] RawOf(ReadOnlyMemory<byte> message) => QueuedEvent.Parse(message)!.Raw.ToArray();

    private static string NameOf(byte[] raw) =>
        PproEventReader.TryRead(raw, out var happened) ? Keys.Safe(happened.Id) : Keys.OfBytes(raw);
}
