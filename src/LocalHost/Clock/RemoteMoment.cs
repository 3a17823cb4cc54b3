using System.Text.Json;

namespace LocalHost.Clock;

/// <summary>The next moment of a program that runs beside the app: a URL that answers <c>{"next": …}</c>.</summary>
internal sealed class RemoteMoment(HttpClient http, Uri url) : INextMoment
{
    public async Task<DateTimeOffset?> NextAsync(CancellationToken cancellationToken)
    {
        using var answer = JsonDocument.Parse(await http.GetByteArrayAsync(url, cancellationToken));
        return answer.RootElement.TryGetProperty("next", out var next) && next.ValueKind is JsonValueKind.String
            ? next.GetDateTimeOffset()
            : null;
    }
}
