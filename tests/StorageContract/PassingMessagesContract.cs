using System.Text;
using Storage;

namespace StorageContract;

public abstract class PassingMessagesContract
{
    protected abstract Task<TestStorage> OpenAsync();

    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OneHour = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(1)]
    [InlineData(QueueText.MaxBytes)]
    public async Task The_bytes_arrive_as_they_were_put(int length)
    {
        var it = await OpenAsync();
        var body = Enumerable.Range(0, length).Select(number => (byte)number).ToArray();

        await it.Queues.PutAsync(it.Queue, body, TimeSpan.Zero, default);

        Assert.Equal(body, Assert.Single(await it.ReceiveAsync(OneHour)).Body.ToArray());
    }

    [Fact]
    public async Task A_message_too_long_for_the_wire_is_refused()
    {
        var it = await OpenAsync();

        await Assert.ThrowsAsync<ArgumentException>(() =>
            it.Queues.PutAsync(it.Queue, new byte[QueueText.MaxBytes + 1], TimeSpan.Zero, default)
        );
    }

    [Fact]
    public async Task A_message_stays_hidden_for_its_time()
    {
        var it = await OpenAsync();
        await it.PutAsync("now");
        await it.PutAsync("soon", OneSecond);
        await it.PutAsync("late", OneHour);

        var first = await it.WaitForMessageAsync(OneHour);
        var second = await it.WaitForMessageAsync(OneHour);

        Assert.Equal(["now", "soon"], [TextOf(first), TextOf(second)]);
        Assert.Empty(await it.ReceiveAsync(OneHour));
    }

    [Fact]
    public async Task A_message_that_is_not_deleted_comes_again_and_is_counted()
    {
        var it = await OpenAsync();
        await it.PutAsync("again");

        var first = await it.WaitForMessageAsync(OneSecond);
        var second = await it.WaitForMessageAsync(OneSecond);

        Assert.Equal((1, 2), (first.DequeueCount, second.DequeueCount));
        Assert.Equal((first.Id, first.InsertedAt), (second.Id, second.InsertedAt));
    }

    [Fact]
    public async Task Only_the_last_receipt_deletes_and_only_once()
    {
        var it = await OpenAsync();
        await it.PutAsync("contested");
        var first = await it.WaitForMessageAsync(OneSecond);
        var second = await it.WaitForMessageAsync(OneHour);

        Assert.False(await it.DeleteAsync(first));
        Assert.Equal(1, await it.Queues.DepthAsync(it.Queue, default));
        Assert.True(await it.DeleteAsync(second));
        Assert.False(await it.DeleteAsync(second));
        Assert.Equal(0, await it.Queues.DepthAsync(it.Queue, default));
    }

    [Fact]
    public async Task The_depth_counts_hidden_messages_too()
    {
        var it = await OpenAsync();
        Assert.Equal(0, await it.Queues.DepthAsync(it.Queue, default));
        await it.PutAsync("taken");
        await it.WaitForMessageAsync(OneHour);
        await it.PutAsync("late", OneHour);

        Assert.Equal(2, await it.Queues.DepthAsync(it.Queue, default));
    }

    [Fact]
    public async Task A_message_is_handed_to_one_of_those_who_ask_at_once()
    {
        var it = await OpenAsync();
        var bodies = Enumerable.Range(0, 20).Select(number => $"{number:D2}").ToList();
        await Task.WhenAll(bodies.Select(body => it.PutAsync(body)));

        var received = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => it.Queues.ReceiveAsync(it.Queue, 5, OneHour, default))
        );

        Assert.All(received, batch => Assert.InRange(batch.Count, 0, 5));
        Assert.Equal(bodies, received.SelectMany(batch => batch).Select(TextOf).Order());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(33)]
    public async Task One_to_32_messages_are_taken_at_once(int limit)
    {
        var it = await OpenAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            it.Queues.ReceiveAsync(it.Queue, limit, OneSecond, default)
        );
    }

    [Fact]
    public async Task Nothing_is_hidden_for_more_than_seven_days()
    {
        var it = await OpenAsync();
        await it.PutAsync("in a week", TimeSpan.FromDays(7));

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            it.PutAsync("too late", TimeSpan.FromDays(7) + TimeSpan.FromTicks(1))
        );
    }

    private static string TextOf(ReceivedMessage message) => Encoding.UTF8.GetString(message.Body.Span);
}
