using System.Net.Http.Headers;

namespace PproSimulator;

/// <summary>
/// Delivers what is due: events of one resource in order, different resources side by side. Anything but a 2xx within
/// ten seconds is a failure (how long PPRO waits is not published); redirects are not followed.
/// </summary>
internal sealed class WebhookSender(PproBooks books, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);
    private readonly CancellationTokenSource stopping = new();
    private readonly SemaphoreSlim places = new(books.Settings.DeliveriesAtOnce);
    private readonly Dictionary<string, Task> perSubject = [];
    private readonly HttpClient http = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(3) }
    )
    {
        Timeout = AnswerWithin,
    };

    private Task running = Task.CompletedTask;

    public void Start() => running = RunAsync();

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        await Task.WhenAll(perSubject.Values);
        http.Dispose();
        places.Dispose();
        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            foreach (var events in books.TakeDueEvents().GroupBy(it => it.Subject))
            {
                var before = perSubject.GetValueOrDefault(events.Key, Task.CompletedTask);
                perSubject[events.Key] = DeliverAfterAsync(before, [.. events]);
            }

            foreach (var (subject, _) in perSubject.Where(it => it.Value.IsCompleted).ToList())
            {
                perSubject.Remove(subject);
            }

            await Task.Delay(Look, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task DeliverAfterAsync(Task before, SimEvent[] events)
    {
        await before;
        foreach (var happened in events)
        {
            await places.WaitAsync();
            await DeliverAsync(happened);
            places.Release();
        }
    }

    private async Task DeliverAsync(SimEvent happened)
    {
        try
        {
            using var request = RequestOf(happened);
            using var response = await http.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                stopping.Token
            );
            books.Delivered(happened, $"HTTP {(int)response.StatusCode}", response.IsSuccessStatusCode);
        }
        catch (Exception e)
            when (e is HttpRequestException or OperationCanceledException or UriFormatException or NotSupportedException
            )
        {
            books.Delivered(
                happened,
                e is OperationCanceledException ? "no answer in time" : "no connection",
                hasArrived: false
            );
        }
    }

    private HttpRequestMessage RequestOf(SimEvent happened)
    {
        var settings = books.Settings;
        var secret = happened.BreakSignature ? "not the secret" : settings.SigningSecrets[^1];
        var signedAt = settings.FreezeSignatureTime ? happened.Time : clock.GetUtcNow();
        var request = new HttpRequestMessage(HttpMethod.Post, happened.Url)
        {
            Content = new ByteArrayContent(happened.Body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("PPRO-Signature", Signing.Header(happened.Body, secret, signedAt));
        if (settings.LegacySignatureToo)
        {
            request.Headers.TryAddWithoutValidation("Webhook-Signature", Signing.LegacyHeader(happened.Body, secret));
        }

        return request;
    }
}
