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
        MapReads(sim, books, clock);
        sim.MapPost("/agreements/{id}/{action}", (string id, string action) => Act(books, id, action));
        sim.MapPost(
            "/webhooks/redeliver/{id}",
            (string id) => Control(books, "webhooks/redeliver", new() { ["id"] = id })
        );
        foreach (var name in (string[])["webhooks", "faults", "decline", "hide", "oddities", "lag", "refuse"])
        {
            sim.MapPost($"/{name}", (HttpRequest request) => ControlAsync(books, name, request));
        }

        foreach (var name in (string[])["faults", "oddities"])
        {
            sim.MapDelete($"/{name}", () => Control(books, $"{name}/clear", []));
        }
    }

    private static void MapReads(RouteGroupBuilder sim, PproBooks books, TimeProvider clock)
    {
        sim.MapGet("/clock", () => Json(Clock(books, clock)));
        sim.MapGet("/agreements", () => Json(books.With(it => BooksJson.Agreements(it))));
        sim.MapGet("/charges", () => Json(books.With(it => BooksJson.Charges(it))));
        sim.MapGet("/refunds", () => Json(books.With(it => BooksJson.Refunds(it))));
        sim.MapGet("/events", () => Json(books.With(it => BooksJson.Events(it))));
        sim.MapGet("/requests", (int? limit) => Json(books.With(it => BooksJson.Requests(it, limit ?? 100))));
    }

    private static JsonObject Clock(PproBooks books, TimeProvider clock) =>
        new()
        {
            ["now"] = JsonText.Instant(clock.GetUtcNow()),
            ["next"] = books.NextAt is { } next ? JsonText.Instant(next) : null,
        };

    private static IResult Act(PproBooks books, string id, string action) =>
        PproBooks.Actions.Contains(action)
            ? Done(books.Act(id, action))
            : ControlBody.Refuse($"The action must be one of {string.Join(", ", PproBooks.Actions)}.");

    private static async Task<IResult> ControlAsync(PproBooks books, string name, HttpRequest request) =>
        await ControlBody.ReadAsync(request) is { } body
            ? Control(books, name, body)
            : ControlBody.Refuse("The body must be a JSON object.");

    private static IResult Control(PproBooks books, string name, JsonObject body)
    {
        try
        {
            books.Control(name, body);
            return Results.NoContent();
        }
        catch (ControlException e)
        {
            return ControlBody.Refuse(e.Message);
        }
    }

    private static IResult Done(bool isDone) =>
        isDone
            ? Results.NoContent()
            : Results.Problem("The agreement is not there or not in a state for it.", statusCode: 409);

    private static IResult Json(JsonNode json) => Results.Text(JsonText.Of(json), "application/json");
}
