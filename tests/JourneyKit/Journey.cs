using System.Collections.Concurrent;
using Flows.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ppro;
using PproSimulator;
using Storage;

namespace JourneyKit;

/// <summary>
/// The flows that deploy, in one process: over any tables, queues and clock, with the simulator's books as PPRO. It
/// holds no state of its own; a second one beside it is a second worker, and a new one is a deployment.
/// </summary>
public sealed class Journey : IDisposable
{
    private readonly ServiceProvider services;
    private readonly ConcurrentDictionary<Type, object> parts = [];

    public Journey(JourneyParts parts)
    {
        var watch = parts.Watch;
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(SettingsOf(parts.Books.Settings))
            .AddInMemoryCollection(parts.Settings)
            .Build();
        var collection = new ServiceCollection()
            .AddSingleton(configuration)
            .AddLogging(logging => parts.Logging?.Invoke(logging))
            .AddSingleton(parts.Clock)
            .AddSingleton<ClockWatch>()
            .AddSingleton<ITables>(new WatchedTables(parts.Tables, watch))
            .AddSingleton<IQueues>(new WatchedQueues(parts.Queues, watch))
            .AddFlows()
            .AddSingleton(new PproClient(ClientOf(parts), parts.Clock));
        parts.Services?.Invoke(collection);
        services = collection.BuildServiceProvider();
    }

    /// <summary>
    /// A flow, as the host would hand it to its trigger. Each is asked for once: the second time the container would
    /// compile code for it, which takes longer than a short life does.
    /// </summary>
    public T Get<T>()
        where T : notnull => (T)parts.GetOrAdd(typeof(T), _ => services.GetRequiredService<T>());

    public void Dispose() => services.Dispose();

    private static HttpClient ClientOf(JourneyParts parts)
    {
        var settings = parts.Books.Settings;
        var books = new BooksHandler(parts.Books, parts.Clock, parts.Watch);
        var http = new HttpClient(parts.Wire?.Invoke(books) ?? books)
        {
            BaseAddress = new("http://127.0.0.1/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        http.DefaultRequestHeaders.Authorization = new("Bearer", settings.ApiKey);
        http.DefaultRequestHeaders.Add("Merchant-Id", settings.MerchantId);
        return http;
    }

    private static Dictionary<string, string?> SettingsOf(BooksSettings books) =>
        new()
        {
            ["Ppro:BaseUrl"] = "http://127.0.0.1/",
            ["Ppro:ApiKey"] = books.ApiKey,
            ["Ppro:MerchantId"] = books.MerchantId,
            ["Ppro:WebhooksUrl"] = "http://127.0.0.1/api/webhooks/ppro",
            ["Ppro:SigningSecrets:0"] = books.SigningSecrets[0],
            ["Charging:Enabled"] = "true",
            ["Charging:Pace"] = "false",
            ["Charging:CheckClock"] = "false",
        };
}

/// <summary>What a journey runs on.</summary>
public sealed record JourneyParts(ITables Tables, IQueues Queues, TimeProvider Clock, PproBooks Books)
{
    public IEffectWatch Watch { get; init; } = new NoWatch();

    /// <summary>Settings beside those of a local run, as <c>Section:Name</c>.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    public Action<ILoggingBuilder>? Logging { get; init; }

    /// <summary>Stands between our client and PPRO, and sees whole requests.</summary>
    public Func<HttpMessageHandler, HttpMessageHandler>? Wire { get; init; }

    /// <summary>The last word about the parts: a test may put its own in place of one.</summary>
    public Action<IServiceCollection>? Services { get; init; }
}
