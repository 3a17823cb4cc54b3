using Azure.Storage.Queues;
using TestKit;

namespace HostTests;

/// <summary>Messages and ticks reach a real worker's functions, and what fails there has failed.</summary>
[Collection(ProbeCollection.Name)]
public sealed class QueuesAndTimers(RunningProbe running)
{
    private readonly QueueServiceClient queues = new(running.Storage);

    [Fact]
    public async Task A_message_reaches_its_function_with_its_count_and_is_gone()
    {
        await SendAsync("hello, 안녕");

        await running.Host.SeeNoteAsync("heard hello, 안녕 1");
    }

    [Fact]
    public async Task A_message_whose_function_throws_comes_again_and_moves_to_poison()
    {
        await SendAsync("fail");

        await Eventually.TrueAsync(
            async () => await DepthAsync("probe-poison") is 1,
            $"it is in poison. {running.Host.Output}"
        );
        var notes = await running.Host.NotesAsync();
        Assert.Equal(
            ["heard fail 1", "heard fail 2", "heard fail 3", "heard fail 4", "heard fail 5"],
            notes.Where(it => it.StartsWith("heard fail", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_timer_fires_by_its_schedule_and_knows_its_next_time()
    {
        await using var host = await ProbeHost.StartAsync(running.NewStorage(), ("Probe__Schedule", "* * * * * *"));

        await Eventually.TrueAsync(
            async () => (await host.NotesAsync()).Any(it => it.StartsWith("tick False 20", StringComparison.Ordinal)),
            $"it ticked. {host.Output}"
        );
    }

    private async Task SendAsync(string text) => await queues.GetQueueClient("probe").SendMessageAsync(text);

    private async Task<int> DepthAsync(string queue)
    {
        var client = queues.GetQueueClient(queue);
        return await client.ExistsAsync() ? (await client.GetPropertiesAsync()).Value.ApproximateMessagesCount : 0;
    }
}
