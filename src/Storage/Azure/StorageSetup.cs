namespace Storage;

/// <summary>Makes tables and queues where no deployment does it: at a local start and in tests.</summary>
public static class StorageSetup
{
    public static async Task EnsureAsync(
        StorageClients clients,
        IEnumerable<string> tables,
        IEnumerable<string> queues,
        CancellationToken cancellationToken
    )
    {
        foreach (var table in tables)
        {
            await clients.Tables.CreateTableIfNotExistsAsync(table, cancellationToken);
        }

        foreach (var queue in queues)
        {
            await clients.Queues.GetQueueClient(queue).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        }
    }
}
