using Flows.Replies;
using Flows.Requests;
using Microsoft.AspNetCore.Http;

namespace Functions;

/// <summary>From HTTP to plain values and back.</summary>
internal static class Http
{
    /// <summary>
    /// Null for more than the limit. A body that says so itself is not read: far above it the server would throw.
    /// </summary>
    public static Task<ReadOnlyMemory<byte>?> ReadBodyAsync(
        this HttpRequest request,
        int maxBytes,
        CancellationToken cancellationToken
    ) =>
        request.ContentLength > maxBytes
            ? Task.FromResult<ReadOnlyMemory<byte>?>(null)
            : BoundedRead.ReadAsync(request.Body, maxBytes, cancellationToken);

    public static string? Header(this HttpRequest request, string name) =>
        request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;

    public static string? Query(this HttpRequest request, string name) =>
        request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    public static IResult ToResult(this Reply reply) => new ReplyResult(reply);

    private sealed class ReplyResult(Reply reply) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = reply.Status;
            response.Headers.CacheControl = "no-store";
            response.Headers.Location = reply.Location;
            response.Headers.RetryAfter = reply.RetryAfter?.ToString(System.Globalization.CultureInfo.InvariantCulture);
            response.ContentType = reply.ContentType;
            response.ContentLength = reply.Body.Length;
            await response.Body.WriteAsync(reply.Body, httpContext.RequestAborted);
        }
    }
}
