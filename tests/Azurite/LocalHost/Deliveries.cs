using System.Collections.Concurrent;
using Azure.Storage.Queues.Models;

namespace Azurite.Tests.LocalHostTests;

/// <summary>What was delivered, and what becomes of the next ones.</summary>
public sealed class Deliveries
{
    private readonly ConcurrentQueue<(string Text, long Count)> noted = new();

    public IReadOnlyList<(string Text, long Count)> Noted => [.. noted];

    public Func<QueueMessage, Task> Then { get; set; } = _ => Task.CompletedTask;

    public Task NoteAsync(QueueMessage message)
    {
        noted.Enqueue((message.Body.ToString(), message.DequeueCount));
        return Then(message);
    }
}
