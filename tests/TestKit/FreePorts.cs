using System.Collections.Concurrent;
using LocalHost.Children;

namespace TestKit;

/// <summary>Ports of this machine's loopback for what tests start, each given once in this process.</summary>
public static class FreePorts
{
    private const int First = 20_000;
    private const int Blocks = 4_000;
    private const int Block = 3;
    private const int MaxPicks = 1_000;
    private const int MaxStarts = 5;
    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <summary>
    /// Nobody listens there now, and no other test of this process was given it or the two after it, which are an
    /// Azurite's that is told only its first. It lies below those that the system
    /// hands to outgoing connections (Linux: from 32,768 on), which come and go between this answer and its use.
    /// </summary>
    public static int Take()
    {
        for (var attempt = 1; attempt <= MaxPicks; attempt++)
        {
            var port = First + (Block * Random.Shared.Next(Blocks));
            if (Given.TryAdd(port, true) && Ports.IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException("No free port was found.");
    }

    /// <summary>
    /// Starts something on ports that it takes here. Another program may have them before it does: then it starts again.
    /// </summary>
    public static async Task<T> TryAsync<T>(Func<Task<T>> start)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await start();
            }
            catch (Exception e) when (attempt < MaxStarts && e.Message.Contains("is in use", StringComparison.Ordinal))
            { }
        }
    }

    public static AzuriteOptions ForAzurite(string dataFolder) => new(dataFolder, Take(), Take(), Take());
}
