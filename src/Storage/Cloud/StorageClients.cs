using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Queues;

namespace Storage;

/// <summary>
/// The clients of one storage account: three tries of ten seconds, base64 messages as the Functions host reads them,
/// and connections that are given up before Azurite closes them.
/// </summary>
public sealed class StorageClients
{
    private static readonly TimeSpan NetworkTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PooledIdleTimeout = TimeSpan.FromSeconds(3);

    private StorageClients(TableServiceClient tables, QueueServiceClient queues) => (Tables, Queues) = (tables, queues);

    public TableServiceClient Tables { get; }

    public QueueServiceClient Queues { get; }

    public static StorageClients FromConnectionString(string connectionString, params HttpPipelinePolicy[] policies) =>
        new(
            new(connectionString, With(new TableClientOptions(), policies)),
            new(connectionString, With(QueueOptions(), policies)));

    /// <summary>By identity, for an account of this name.</summary>
    public static StorageClients FromIdentity(
        string accountName, TokenCredential credential, params HttpPipelinePolicy[] policies) =>
        new(
            new(new Uri($"https://{accountName}.table.core.windows.net"), credential, With(new TableClientOptions(), policies)),
            new(new Uri($"https://{accountName}.queue.core.windows.net"), credential, With(QueueOptions(), policies)));

    /// <summary>For local runs and tests; in Azure the deployment makes them.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        foreach (var table in StoreNames.Tables)
        {
            await Tables.CreateTableIfNotExistsAsync(table, cancellationToken);
        }

        foreach (var queue in StoreNames.Queues)
        {
            await Queues.GetQueueClient(queue).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        }
    }

    private static QueueClientOptions QueueOptions() => new() { MessageEncoding = QueueMessageEncoding.Base64 };

    private static TOptions With<TOptions>(TOptions options, HttpPipelinePolicy[] policies)
        where TOptions : ClientOptions
    {
        options.Transport = new HttpClientTransport(new HttpClient(new SocketsHttpHandler
        {
            PooledConnectionIdleTimeout = PooledIdleTimeout,
        }));
        options.Retry.MaxRetries = 2;
        options.Retry.NetworkTimeout = NetworkTimeout;
        foreach (var policy in policies)
        {
            options.AddPolicy(policy, HttpPipelinePosition.PerRetry);
        }

        return options;
    }
}
