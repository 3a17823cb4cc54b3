using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Storage;

/// <summary>
/// Compares the time of every storage answer with ours. The limits around a charge are hours; a clock that is minutes
/// off is one that nobody looks after, and then nothing is charged.
/// </summary>
public sealed class ClockWatch(TimeProvider clock) : HttpPipelineSynchronousPolicy
{
    private static readonly TimeSpan Tolerated = TimeSpan.FromMinutes(5);
    private long skewTicks;

    /// <summary>How far our clock was from storage's when it last answered.</summary>
    public TimeSpan Skew => new(Interlocked.Read(ref skewTicks));

    public bool IsTrusted => Skew.Duration() <= Tolerated;

    public override void OnReceivedResponse(HttpMessage message)
    {
        if (message.HasResponse && TimeOf(message.Response.Headers) is { } theirs)
        {
            Interlocked.Exchange(ref skewTicks, (clock.GetUtcNow() - theirs).Ticks);
        }
    }

    /// <summary>Null when there is none, or none that can be read: the answer itself is as good without it.</summary>
    private static DateTimeOffset? TimeOf(ResponseHeaders headers) =>
        headers.TryGetValue("Date", out var text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
