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
        OddityApi.Map(sim, books);
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
        sim.MapPost(
            "/webhooks",
            (HttpRequest request) => ControlBody.ReadAsync(request, body => SetWebhooks(books, body))
        );
        sim.MapPost(
            "/webhooks/redeliver/{id}",
            (string id) =>
                books.With(it => it.Events.Redeliver(id, clock.GetUtcNow()))
                    ? Results.NoContent()
                    : ControlBody.Refuse("There is no such event with an address.")
        );
        sim.MapPost("/faults", (HttpRequest request) => ControlBody.ReadAsync(request, body => PlanFault(books, body)));
        sim.MapDelete(
            "/faults",
            () =>
                books.With(it =>
                {
                    it.Faults.Clear();
                    return Results.NoContent();
                })
        );
        sim.MapPost(
            "/decline",
            (HttpRequest request) => ControlBody.ReadAsync(request, body => PlanDecline(books, body))
        );
        sim.MapPost(
            "/hide",
            (HttpRequest request) =>
                ControlBody.ReadAsync(
                    request,
                    body =>
                    {
                        books.Hide(TimeSpan.FromSeconds(ControlBody.Number(body, "seconds", 0, 30 * 86_400)));
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
            _ => ControlBody.Refuse(
                "The action must be approve, cancel, expire, revoke-by-consumer or revoke-by-provider."
            ),
        };

    private static IResult SetWebhooks(PproBooks books, JsonObject body)
    {
        var mode = ControlBody.OneOf(
            body,
            "mode",
            ["normal", "drop", "duplicate", "shuffle", "delay", "breakSignature"]
        );
        var delay = mode is "delay"
            ? TimeSpan.FromSeconds(ControlBody.Number(body, "delaySeconds", 1, 30 * 86_400))
            : TimeSpan.Zero;
        var types = Types(body);
        books.With(it => it.Events.Mode = new(mode, delay, types));
        return Results.NoContent();
    }

    private static IResult PlanFault(PproBooks books, JsonObject body)
    {
        var operation = ControlBody.OneOf(body, "operation", Fault.Operations);
        var kind = ControlBody.OneOf(body, "kind", Fault.Kinds);
        var delay = TimeSpan.FromMilliseconds(ControlBody.Number(body, "delayMs", 0, 30L * 86_400_000));
        var count = (int)ControlBody.Number(body, "count", 1, 10_000);
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
        var ofRefunds =
            body["operation"] is not null && ControlBody.OneOf(body, "operation", ["charge", "refund"]) is "refund";
        books.Decline(failure, body.Text("reference"), (int)ControlBody.Number(body, "count", 1, 10_000), ofRefunds);
        return Results.NoContent();
    }

    private static HashSet<string> Types(JsonObject body)
    {
        var given = body["types"] is null ? [] : body["types"] as JsonArray;
        return given is not null && given.All(it => it?.GetValueKind() is System.Text.Json.JsonValueKind.String)
            ? [.. given.Select(it => (string)it!)]
            : throw new ControlException("types must be an array of event types.");
    }

    private static IResult Done(bool isDone) =>
        isDone
            ? Results.NoContent()
            : Results.Problem("The agreement is not there or not in a state for it.", statusCode: 409);

    private static IResult Json(JsonNode json) => Results.Text(JsonText.Of(json), "application/json");
}
