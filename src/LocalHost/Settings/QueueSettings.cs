namespace LocalHost.Settings;

/// <summary><c>extensions.queues</c> of <c>host.json</c>, with the Functions host's own defaults.</summary>
public sealed record QueueSettings(
    int BatchSize,
    int NewBatchThreshold,
    int MaxDequeueCount,
    TimeSpan VisibilityTimeout,
    TimeSpan MaxPollingInterval,
    bool IsBase64
)
{
    /// <summary>
    /// How long a message stays hidden while its function runs, renewed at half of it; after a crash it comes again
    /// then.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a message that fails every time waits, altogether, before it is poison.</summary>
    public TimeSpan RetriesTake => MaxDequeueCount * VisibilityTimeout;

    /// <summary>Within the bounds of the Functions host, and of a queue.</summary>
    internal static QueueSettings Read(HostJson host) =>
        new(
            host.GetNumber(16, 1, 32, "extensions", "queues", "batchSize"),
            host.GetNumber(8, 0, 1000, "extensions", "queues", "newBatchThreshold"),
            host.GetNumber(5, 1, 1000, "extensions", "queues", "maxDequeueCount"),
            host.GetSpan(TimeSpan.Zero, "extensions", "queues", "visibilityTimeout"),
            host.GetSpan(TimeSpan.FromMinutes(1), "extensions", "queues", "maxPollingInterval"),
            IsBase64Of(host)
        );

    private static bool IsBase64Of(HostJson host) =>
        host.GetText("extensions", "queues", "messageEncoding") switch
        {
            null or "base64" => true,
            "none" => false,
            _ => throw HostJson.Wrong(["extensions", "queues", "messageEncoding"], "none or base64"),
        };
}
