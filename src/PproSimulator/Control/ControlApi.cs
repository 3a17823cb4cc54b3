using System.Text.Json.Nodes;

namespace PproSimulator;

/// <summary>
/// <c>/__sim</c>: what really happened, and what shall go wrong. PPRO has nothing like it; it exists so that a shop's
/// engineer, and our tests, can play every case.
/// </summary>
internal static class ControlApi
{
    public static void Map(WebApplication app, PproBooks books, TimeProvider clock)
    {
        var sim = app.MapGroup("/__sim");
        sim.MapGet(
            "/clock",
            () =>
                Json(
                    new JsonObject
                    {
                        ["now"] = JsonText.Instant(clock.GetUtcNow()),
                        ["next"] = books.NextAt is { } next ? JsonText.Instant(next) : null,
                    }
                )
        );
        sim.MapGet("/agreements", () => Json(books.With(it => BooksJson.Agreements(it))));
        sim.MapGet("/charges", () => Json(books.With(it => BooksJson.Charges(it))));
        sim.MapGet("/refunds", () => Json(books.With(it => BooksJson.Refunds(it))));
        sim.MapGet("/events", () => Json(books.With(it => BooksJson.Events(it))));
        sim.MapGet("/requests", (int? limit) => Json(books.With(it => BooksJson.Requests(it, limit ?? 100))));
        sim.MapPost("/agreements/{id}/{action}", (string id, string action) => Act(books, id, action));
        sim.MapPost("/webhooks", (HttpRequest request) => WithBodyAsync(request, body => SetWebhooks(books, body)));
        sim.MapPost(
            "/webhooks/redeliver/{id}",
            (string id) =>
                books.With(it => it.Events.Redeliver(id, clock.GetUtcNow()))
                    ? Results.NoContent()
                    : Refuse("There is no such event with an address.")
        );
        sim.MapPost("/faults", (HttpRequest request) => WithBodyAsync(request, body => PlanFault(books, body)));
        sim.MapDelete(
            "/faults",
            () =>
                books.With(it =>
                {
                    it.Faults.Clear();
                    return Results.NoContent();
                })
        );
        sim.MapPost("/decline", (HttpRequest request) => WithBodyAsync(request, body => PlanDecline(books, body)));
        sim.MapPost(
            "/hide",
            (HttpRequest request) =>
                WithBodyAsync(
                    request,
                    body =>
                    {
                        books.Hide(TimeSpan.FromSeconds(Number(body, "seconds", 0, 30 * 86_400)));
                        return Results.NoContent();
                    }
                )
        );
    }

    private static IResult Act(PproBooks books, string id, string action) =>
        action switch
        {
            "approve" => Done(books.Approve(id)),
            "cancel" => Done(books.Cancel(id)),
            "expire" => Done(books.LetExpire(id)),
            "revoke-by-consumer" => Done(books.EndFromOutside(id, byConsumer: true)),
            "revoke-by-provider" => Done(books.EndFromOutside(id, byConsumer: false)),
            _ => Refuse("The action must be approve, cancel, expire, revoke-by-consumer or revoke-by-provider."),
        };

    private static IResult SetWebhooks(PproBooks books, JsonObject body)
    {
        var mode = OneOf(body, "mode", ["normal", "drop", "duplicate", "shuffle", "delay", "breakSignature"]);
        var delay = mode is "delay"
            ? TimeSpan.FromSeconds(Number(body, "delaySeconds", 1, 30 * 86_400))
            : TimeSpan.Zero;
        var types = Types(body);
        books.With(it => it.Events.Mode = new(mode, delay, types));
        return Results.NoContent();
    }

    private static IResult PlanFault(PproBooks books, JsonObject body)
    {
        var operation = OneOf(body, "operation", Fault.Operations);
        var kind = OneOf(body, "kind", Fault.Kinds);
        var delay = TimeSpan.FromMilliseconds(Number(body, "delayMs", 0, 30L * 86_400_000));
        var count = (int)Number(body, "count", 1, 10_000);
        books.With(it =>
        {
            it.Faults.Add(new(operation, kind, delay), count);
            return true;
        });
        return Results.NoContent();
    }

    private static IResult PlanDecline(PproBooks books, JsonObject body)
    {
        var failure = new SimFailure(
            body.Text("failureType") ?? "PROVIDER_DECLINE",
            body.Text("failureCode") ?? "INSUFFICIENT_FUNDS",
            body.Text("failureMessage") ?? "Declined by the simulator",
            body["isRetryable"] is JsonValue value && value.TryGetValue<bool>(out var retryable) ? retryable : null
        );
        var ofRefunds = body["operation"] is not null && OneOf(body, "operation", ["charge", "refund"]) is "refund";
        books.Decline(failure, body.Text("reference"), (int)Number(body, "count", 1, 10_000), ofRefunds);
        return Results.NoContent();
    }

    private static async Task<IResult> WithBodyAsync(HttpRequest request, Func<JsonObject, IResult> act)
    {
        var bytes = new byte[64 * 1024];
        var length = await request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false);
        try
        {
            return JsonText.ParseObject(bytes.AsMemory(0, length)) is { } body
                ? act(body)
                : Refuse("The body must be a JSON object.");
        }
        catch (ControlException e)
        {
            return Refuse(e.Message);
        }
    }

    private static HashSet<string> Types(JsonObject body)
    {
        var given = body["types"] is null ? [] : body["types"] as JsonArray;
        return given is not null && given.All(it => it?.GetValueKind() is System.Text.Json.JsonValueKind.String)
            ? [.. given.Select(it => (string)it!)]
            : throw new ControlException("types must be an array of event types.");
    }

    private static string OneOf(JsonObject body, string name, IReadOnlyList<string> allowed) =>
        body.Text(name) is { } given && allowed.Contains(given)
            ? given
            : throw new ControlException($"{name} must be one of {string.Join(", ", allowed)}.");

    /// <summary>The smallest allowed number is also the default.</summary>
    private static long Number(JsonObject body, string name, long min, long max)
    {
        if (body[name] is null)
        {
            return min;
        }

        return body[name] is JsonValue value && value.TryGetValue<long>(out var given) && given >= min && given <= max
            ? given
            : throw new ControlException($"{name} must be a whole number from {min} to {max}.");
    }

    private static IResult Done(bool isDone) =>
        isDone
            ? Results.NoContent()
            : Results.Problem("The agreement is not there or not in a state for it.", statusCode: 409);

    private static IResult Refuse(string detail) => Results.Problem(detail, statusCode: 400);

    private static IResult Json(JsonNode json) => Results.Text(JsonText.Of(json), "application/json");

    private sealed class ControlException(string message) : Exception(message);
}
