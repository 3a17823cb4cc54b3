using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azurite.Tests.JourneyTests;

/// <summary>
/// Counts what storage bills: every HTTP try to a table or a queue is one transaction, an entity-group transaction too.
/// </summary>
public sealed class TransactionCount : HttpPipelineSynchronousPolicy
{
    private readonly ConcurrentQueue<string> seen = [];

    public override void OnSendingRequest(HttpMessage message)
    {
        var uri = message.Request.Uri.ToUri();
        var path = string.Concat(uri.Segments.Skip(2).Take(2));
        seen.Enqueue($"{message.Request.Method} {path.Split('(')[0].TrimEnd('/')}");
    }

    /// <summary>What was sent while this was done, per unit of work.</summary>
    public async Task<Spent> OfAsync(Func<Task> act, double units = 1)
    {
        seen.Clear();
        await act();
        return new([.. seen], units);
    }
}

/// <summary>Transactions of some work, for each unit of it.</summary>
public sealed record Spent(IReadOnlyList<string> Transactions, double Units)
{
    public double Each => Transactions.Count / Units;

    public static Spent operator +(Spent one, Spent other) =>
        new([.. one.Transactions, .. other.Transactions], one.Units);

    public void AssertAtMost(double budget) => Assert.True(Each <= budget, $"{this}, allowed are {budget}");

    public override string ToString()
    {
        var lines = Transactions.GroupBy(it => it).Select(it => $"{it.Count() / Units:0.##} x {it.Key}");
        return $"{Each:0.##} transactions: {string.Join(", ", lines)}";
    }
}
