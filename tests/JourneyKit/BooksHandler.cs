using System.Globalization;
using System.Net;
using System.Text;
using System.Web;
using PproSimulator;

namespace JourneyKit;

/// <summary>The simulator's books behind an <see cref="HttpClient"/>, without a network: what is lost breaks off.</summary>
public sealed class BooksHandler(PproBooks books, TimeProvider clock, IEffectWatch watch) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var call = await ReadAsync(request, cancellationToken);
        var effect = new Effect(EffectKind.Ppro, $"{call.Method} {Template(call.Path)}");
        await watch.BeforeAsync(effect);
        var answer = books.Call(call);
        await watch.AfterAsync(effect);
        if (answer.Delay > TimeSpan.Zero)
        {
            await WaitAsync(answer.Delay, cancellationToken);
        }

        return answer.IsLost
            ? throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection broke off.")
            : Draw(answer, books.Settings);
    }

    /// <summary>A delay that is cancelled where it is cancelled: Task.Delay goes on in the thread pool then.</summary>
    private async Task WaitAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        var over = new TaskCompletionSource();
        await using var timer = clock.CreateTimer(_ => over.TrySetResult(), null, time, Timeout.InfiniteTimeSpan);
        await using var cancelled = cancellationToken.Register(() => over.TrySetCanceled(cancellationToken));
        await over.Task;
    }

    private static async Task<BooksRequest> ReadAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken) : [];
        var query = HttpUtility.ParseQueryString(request.RequestUri!.Query);
        return new(request.Method.Method, request.RequestUri.AbsolutePath, body)
        {
            Query = query.AllKeys.ToDictionary(it => it!, it => query[it]!),
            Authorization = request.Headers.Authorization?.ToString(),
            MerchantId = Header(request, "Merchant-Id"),
            IdempotencyKey = Header(request, "Request-Idempotency-Key"),
            ContentType = request.Content?.Headers.ContentType?.ToString(),
        };
    }

    private static HttpResponseMessage Draw(BooksAnswer answer, BooksSettings settings)
    {
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status)
        {
            Content = new StringContent(answer.Body!.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        Add("X-RateLimit-Remaining", answer.Remaining);
        Add("X-RateLimit-Burst-Capacity", settings.Burst);
        Add("X-RateLimit-Replenish-Rate", settings.RateLimit);
        return response;

        void Add(string name, int value) => response.Headers.Add(name, value.ToString(CultureInfo.InvariantCulture));
    }

    private static string? Header(HttpRequestMessage request, string name) =>
        request.Headers.TryGetValues(name, out var values) ? values.First() : null;

    /// <summary>The path without ids.</summary>
    private static string Template(string path) =>
        string.Join('/', path.Split('/').Select(part => part.Contains('_', StringComparison.Ordinal) ? "{id}" : part));
}
