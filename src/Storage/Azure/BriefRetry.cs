using System.Net.Http.Headers;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Storage;

/// <summary>
/// Three tries, with pauses that grow. Storage that asks for a longer pause than our callers have is not waited for:
/// the SDK would, however long, and they are to hear of it.
/// </summary>
internal sealed class BriefRetry()
    : RetryPolicy(2, DelayStrategy.CreateExponentialDelayStrategy(FirstPause, LongestPause))
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.8);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    protected override bool ShouldRetry(HttpMessage message, Exception? exception) =>
        !IsTooLong(message, exception) && base.ShouldRetry(message, exception);

    protected override async ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        !IsTooLong(message, exception) && await base.ShouldRetryAsync(message, exception);

    private static bool IsTooLong(HttpMessage message, Exception? exception) =>
        exception is null && message.HasResponse && PauseOf(message.Response.Headers) > LongestPause;

    private static TimeSpan? PauseOf(ResponseHeaders headers) =>
        headers.TryGetValue("Retry-After", out var text) && RetryConditionHeaderValue.TryParse(text, out var wanted)
            ? wanted.Delta
            : null;
}
