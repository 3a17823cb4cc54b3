using System.Collections.Concurrent;
using Azure.Storage.Queues.Models;
using LocalHost;

namespace Azurite.Tests.LocalHostTests;

/// <summary>
/// Queue functions for the local host to find in this assembly: they note each delivery, and fail when told.
/// </summary>
public sealed class SampleQueueFunctions(Deliveries deliveries)
{
    [Function("Sample")]
    public Task RunAsync([QueueTrigger("sample")] QueueMessage message, CancellationToken cancellationToken) =>
        deliveries.NoteAsync(message, cancellationToken);

    [Function("SamplePoison")]
    public Task RunPoisonAsync(
        [QueueTrigger("sample-poison")] QueueMessage message,
        CancellationToken cancellationToken
    ) => deliveries.NoteAsync(message, cancellationToken);
}

/// <summary>What was delivered, and what becomes of the next ones.</summary>
public sealed class Deliveries
{
    private readonly ConcurrentQueue<(string Text, long Count)> noted = new();

    public IReadOnlyList<(string Text, long Count)> Noted => [.. noted];

    public Func<QueueMessage, Task> Then { get; set; } = _ => Task.CompletedTask;

    public Task NoteAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        noted.Enqueue((message.Body.ToString(), message.DequeueCount));
        return Then(message);
    }
}
