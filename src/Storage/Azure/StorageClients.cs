using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Queues;

namespace Storage;

/// <summary>
/// The clients of one storage account, over one pool of connections: three tries of 10 s, no more, so that a caller
/// hears of trouble while it can still do something.
/// </summary>
public sealed class StorageClients : IDisposable
{
    private readonly HttpClient http;

    private StorageClients(HttpClient http, TableServiceClient tables, QueueServiceClient queues) =>
        (this.http, Tables, Queues) = (http, tables, queues);

    public TableServiceClient Tables { get; }

    public QueueServiceClient Queues { get; }

    /// <summary>By settings without faults. Each try passes through <paramref name="policies"/>.</summary>
    public static StorageClients Connect(StorageSettings settings, params IReadOnlyList<HttpPipelinePolicy> policies) =>
        settings switch
        {
            { Faults.Count: > 0 } => throw new InvalidOperationException(string.Join(' ', settings.Faults)),
            { ConnectionString: { } account } => Connect(account, policies),
            _ => Connect(settings.Tables!, settings.Queues!, settings.Identity.ToCredential(), policies),
        };

    /// <summary>By connection string, for Azurite. Each try passes through <paramref name="policies"/>.</summary>
    public static StorageClients Connect(string connectionString, params IReadOnlyList<HttpPipelinePolicy> policies) =>
        Connect(NewHttp(), connectionString, policies);

    internal static StorageClients Connect(
        HttpClient http,
        string connectionString,
        IReadOnlyList<HttpPipelinePolicy> policies
    ) =>
        new(
            http,
            new(connectionString, Configure(new TableClientOptions(), http, policies)),
            new(connectionString, Configure(new QueueClientOptions(), http, policies))
        );

    /// <summary>By identity, for Azure. Each try passes through <paramref name="policies"/>.</summary>
    public static StorageClients Connect(
        Uri tables,
        Uri queues,
        TokenCredential credential,
        params IReadOnlyList<HttpPipelinePolicy> policies
    ) => Connect(NewHttp(), tables, queues, credential, policies);

    internal static StorageClients Connect(
        HttpClient http,
        Uri tables,
        Uri queues,
        TokenCredential credential,
        IReadOnlyList<HttpPipelinePolicy> policies
    )
    {
        var heard = new HeardCredential(credential);
        return new(
            http,
            new(tables, heard, Configure(new TableClientOptions(), http, policies)),
            new(queues, heard, Configure(new QueueClientOptions(), http, policies))
        );
    }

    public void Dispose() => http.Dispose();

    private static T Configure<T>(T options, HttpClient http, IReadOnlyList<HttpPipelinePolicy> policies)
        where T : ClientOptions
    {
        options.Transport = new HttpClientTransport(http);
        options.RetryPolicy = new BriefRetry();
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
        foreach (var policy in policies)
        {
            options.AddPolicy(policy, HttpPipelinePosition.PerRetry);
        }

        return options;
    }

    private static HttpClient NewHttp()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(3), // Azurite hangs up after 5 s.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5), // An address that moved is noticed.
        };
        return new(handler) { Timeout = Timeout.InfiniteTimeSpan }; // The retry policy counts the 10 s.
    }
}
