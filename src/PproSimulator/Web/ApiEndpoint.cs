using System.Globalization;
using System.Text;

namespace PproSimulator;

/// <summary>PPRO's API over HTTP: everything under <c>/v1</c> goes to the books as it came.</summary>
internal static class ApiEndpoint
{
    private const int MaxBody = 1024 * 1024;

    public static void Map(WebApplication app, PproBooks books) =>
        app.Map("/v1/{**rest}", context => AnswerAsync(context, books));

    private static async Task AnswerAsync(HttpContext context, PproBooks books)
    {
        var body = new MemoryStream();
        if (context.Request.ContentLength is not > MaxBody)
        {
            await context.Request.Body.CopyToAsync(body);
        }

        var request = context.Request;
        var answer = books.Call(
            new(request.Method, request.Path, body.ToArray())
            {
                Query = request.Query.ToDictionary(it => it.Key, it => it.Value.ToString()),
                Authorization = Header(request, "Authorization"),
                MerchantId = Header(request, "Merchant-Id"),
                IdempotencyKey = Header(request, "Request-Idempotency-Key"),
                ContentType = request.ContentType,
            }
        );
        await Task.Delay(answer.Delay, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (answer.IsLost)
        {
            context.Abort();
            return;
        }

        await WriteAsync(context.Response, answer, books.Settings);
    }

    private static async Task WriteAsync(HttpResponse response, BooksAnswer answer, BooksSettings settings)
    {
        response.StatusCode = answer.Status;
        response.ContentType = "application/json";
        response.Headers["X-RateLimit-Remaining"] = answer.Remaining.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-RateLimit-Requested-Tokens"] = "1";
        response.Headers["X-RateLimit-Burst-Capacity"] = settings.Burst.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-RateLimit-Replenish-Rate"] = settings.RateLimit.ToString(CultureInfo.InvariantCulture);
        if (answer.IsReplay)
        {
            response.Headers["Request-Idempotency"] = "true";
        }

        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(JsonText.Of(answer.Body!)));
    }

    private static string? Header(HttpRequest request, string name) =>
        request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;
}
