using System.Reflection;
using Storage;
using TestKit;
using Xunit.Sdk;

namespace Azurite.Tests;

/// <summary>The real things that stand behind the two seams.</summary>
public enum Backing
{
    Azure,
}

/// <summary>Runs a theory over every backing: what it says is the contract of the seams.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryBackingAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        Enum.GetValues<Backing>().Select(it => new object[] { it });
}

/// <summary>An empty table and an empty queue of a test's own.</summary>
public sealed record TestStorage(ITables Tables, IQueues Queues, string Table, string Queue)
{
    public static async Task<TestStorage> OpenAsync(Backing backing, AzuriteFixture azurite)
    {
        Assert.Equal(Backing.Azure, backing);
        return await OpenAsync(StorageClients.Connect(azurite.NewConnectionString()));
    }

    public static async Task<TestStorage> OpenAsync(StorageClients clients)
    {
        var name = Guid.NewGuid().ToString("N");
        var opened = new TestStorage(
            new AzureTables(clients.Tables),
            new AzureQueues(clients.Queues),
            $"t{name}",
            $"q{name}"
        );
        await StorageSetup.EnsureAsync(clients, [opened.Table], [opened.Queue], default);
        return opened;
    }

    public Task<IReadOnlyList<Azure.ETag>> CommitAsync(params IReadOnlyList<RowWrite> writes) =>
        Tables.CommitAsync(Table, writes, default);

    public async Task<string?> FindTextAsync(string partition, string row) =>
        (await Tables.FindAsync(Table, new(partition, row), default))?.GetString("Text");

    /// <summary>The row keys of a range, behind their partition keys.</summary>
    public async Task<IEnumerable<string>> KeysAsync(KeyRange range) =>
        (await Tables.RangeAsync(Table, range, default)).Select(row => $"{row.PartitionKey}/{row.RowKey}");

    public Task PutAsync(string body, TimeSpan visibleAfter = default) =>
        Queues.PutAsync(Queue, System.Text.Encoding.UTF8.GetBytes(body), visibleAfter, default);

    public Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(TimeSpan hiddenFor) =>
        Queues.ReceiveAsync(Queue, 32, hiddenFor, default);

    /// <summary>The next message, however long it stays hidden within reason.</summary>
    public async Task<ReceivedMessage> WaitForMessageAsync(TimeSpan hiddenFor)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (await Queues.ReceiveAsync(Queue, 1, hiddenFor, patience.Token) is [var message])
            {
                return message;
            }

            await Task.Delay(50, patience.Token);
        }
    }

    public Task<bool> DeleteAsync(ReceivedMessage message) => Queues.DeleteAsync(Queue, message, default);
}
