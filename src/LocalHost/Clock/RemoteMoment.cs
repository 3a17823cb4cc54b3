using System.Text.Json;

namespace LocalHost.Clock;

/// <summary>
/// Whoever knows when something happens next, so that advancing the simulated clock can go from event to event: a URL
/// that answers <c>{"next": …}</c>, or under another name that stands behind its <c>#</c>. A path is one of this host's
/// own, the app's; what is due there waits for a timer.
/// </summary>
internal sealed class RemoteMoment(HttpClient http, Uri url, bool isApps)
{
    private readonly string name = url.Fragment.Length > 1 ? url.Fragment[1..] : "next";

    public bool IsApps => isApps;

    /// <summary>
    /// The next moment; one that is not after now says that something is under way; null for none. Who is not well
    /// because it waits for time to pass may say so by its status, and names the moment all the same.
    /// </summary>
    public async Task<DateTimeOffset?> NextAsync(CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(url, cancellationToken);
        using var said = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
        if (said.RootElement.TryGetProperty(name, out var next) && next.ValueKind is JsonValueKind.String)
        {
            return next.GetDateTimeOffset();
        }

        answer.EnsureSuccessStatusCode();
        return null;
    }
}
