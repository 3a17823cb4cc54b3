using System.Text;
using Storage;

namespace StorageContract;

/// <summary>An empty table and an empty queue of a test's own.</summary>
/// <param name="PassAsync">Lets this much of the storage's own time pass.</param>
public sealed record TestStorage(
    ITables Tables,
    IQueues Queues,
    string Table,
    string Queue,
    Func<TimeSpan, Task> PassAsync
)
{
    /// <summary>Longer than any wait that a test means.</summary>
    private const int Patience = 600;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    public Task<IReadOnlyList<Azure.ETag>> CommitAsync(params IReadOnlyList<RowWrite> writes) =>
        Tables.CommitAsync(Table, writes, default);

    public async Task<string?> FindTextAsync(string partition, string row) =>
        (await Tables.FindAsync(Table, new(partition, row), default))?.GetString("Text");

    /// <summary>The row keys of a range, behind their partition keys.</summary>
    public async Task<IEnumerable<string>> KeysAsync(KeyRange range) =>
        (await Tables.RangeAsync(Table, range, default)).Select(row => $"{row.PartitionKey}/{row.RowKey}");

    public Task PutAsync(string body, TimeSpan visibleAfter = default) =>
        Queues.PutAsync(Queue, Encoding.UTF8.GetBytes(body), visibleAfter, default);

    public Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(TimeSpan hiddenFor) =>
        Queues.ReceiveAsync(Queue, 32, hiddenFor, default);

    /// <summary>The next message, however long it stays hidden within reason.</summary>
    public async Task<ReceivedMessage> WaitForMessageAsync(TimeSpan hiddenFor)
    {
        for (var moment = 0; moment < Patience; moment++)
        {
            if (await Queues.ReceiveAsync(Queue, 1, hiddenFor, default) is [var message])
            {
                return message;
            }

            await PassAsync(Moment);
        }

        throw new TimeoutException("No message appeared.");
    }

    public Task<bool> DeleteAsync(ReceivedMessage message) => Queues.DeleteAsync(Queue, message, default);
}
