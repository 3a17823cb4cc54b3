using System.Globalization;
using System.Text.Json;
using System.Xml;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LocalHost.Clock;

/// <summary><c>/__local/clock</c>: what time it is here, and letting it pass.</summary>
internal sealed class ClockEndpoints(SimulatedClock? clock, ClockAdvance? advance) : IDisposable
{
    private const int MaxBody = 4096;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(4000);
    private readonly SemaphoreSlim one = new(1, 1);

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(
            "__local/clock",
            () =>
                clock is null
                    ? Refuse(409, "The clock is not simulated here: set LocalHost:SimulatedClock.")
                    : Results.Json(
                        new
                        {
                            now = clock.GetUtcNow(),
                            offset = clock.Offset.ToString("c", CultureInfo.InvariantCulture),
                        }
                    )
        );
        endpoints.MapPost("__local/clock", AdvanceAsync);
    }

    public void Dispose() => one.Dispose();

    private async Task<IResult> AdvanceAsync(HttpRequest request)
    {
        if (clock is null || advance is null)
        {
            return Refuse(409, "The clock is not simulated here: set LocalHost:SimulatedClock.");
        }

        if (await ReadTargetAsync(request, clock.GetUtcNow()) is not { } target)
        {
            return Refuse(
                400,
                """Send {"advance":"P31D"} or {"to":"2027-01-31T00:00:00Z"}: forward, at most 4000 days."""
            );
        }

        if (!await one.WaitAsync(TimeSpan.Zero))
        {
            return Refuse(409, "The clock is being advanced already.");
        }

        try
        {
            var jumps = await advance.ToAsync(target, request.HttpContext.RequestAborted);
            return Results.Json(new { now = clock.GetUtcNow(), jumps });
        }
        catch (TimeoutException e)
        {
            return Refuse(504, e.Message);
        }
        catch (Exception e) when (IsAway(e) && !request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            return Refuse(503, $"Time does not pass while something that must be asked is away: {e.Message}");
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>One that does not answer, says what is no moment, or answers too late.</summary>
    private static bool IsAway(Exception e) =>
        e is HttpRequestException or OperationCanceledException or JsonException or Azure.RequestFailedException;

    private static async Task<DateTimeOffset?> ReadTargetAsync(HttpRequest request, DateTimeOffset now)
    {
        var body = new byte[MaxBody];
        var length = await request.Body.ReadAtLeastAsync(body, MaxBody, throwOnEndOfStream: false);
        try
        {
            using var json = JsonDocument.Parse(body.AsMemory(0, length), Strict);
            var wish = json.RootElement.EnumerateObject().Single();
            var target = wish switch
            {
                { Name: "to" } => wish.Value.GetDateTimeOffset(),
                { Name: "advance", Value.ValueKind: JsonValueKind.String } => now + ReadSpan(wish.Value.GetString()!),
                _ => throw new FormatException(),
            };
            return target >= now && target - now <= Farthest ? target : null;
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or FormatException
                        or InvalidOperationException
                        or OverflowException
                        or ArgumentOutOfRangeException
            )
        {
            return null;
        }
    }

    private static TimeSpan ReadSpan(string text) =>
        text.StartsWith('P') ? XmlConvert.ToTimeSpan(text) : TimeSpan.Parse(text, CultureInfo.InvariantCulture);

    private static IResult Refuse(int status, string detail) => Results.Problem(detail, statusCode: status);
}
