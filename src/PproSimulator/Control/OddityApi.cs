using System.Text.Json.Nodes;

namespace PproSimulator;

/// <summary>The control calls for what PPRO should never do: a part of <c>/__sim</c>.</summary>
internal static class OddityApi
{
    private const long MostSeconds = 400 * 86_400;

    public static void Map(RouteGroupBuilder sim, PproBooks books)
    {
        sim.MapPost("/oddities", (HttpRequest request) => ControlBody.ReadAsync(request, body => Plan(books, body)));
        sim.MapPost("/lag", (HttpRequest request) => ControlBody.ReadAsync(request, body => LagBehind(books, body)));
        sim.MapPost("/refuse", (HttpRequest request) => ControlBody.ReadAsync(request, body => Refuse(books, body)));
        sim.MapDelete(
            "/oddities",
            () =>
            {
                books.BehaveAgain();
                return Results.NoContent();
            }
        );
    }

    private static IResult Plan(PproBooks books, JsonObject body)
    {
        var kind = ControlBody.OneOf(body, "kind", Oddity.Kinds);
        var oddity = new Oddity(kind)
        {
            After = TimeSpan.FromSeconds(ControlBody.Number(body, "afterSeconds", 0, MostSeconds)),
            Amount = body.Amount("amount"),
            Message = body.Text("message") ?? new Oddity(kind).Message,
        };
        books.Expect(oddity, (int)ControlBody.Number(body, "count", 1, 10_000));
        return Results.NoContent();
    }

    private static IResult LagBehind(PproBooks books, JsonObject body)
    {
        books.LagBehind(TimeSpan.FromSeconds(ControlBody.Number(body, "seconds", 0, 30 * 86_400)));
        return Results.NoContent();
    }

    private static IResult Refuse(PproBooks books, JsonObject body)
    {
        books.Refuse(
            (int)ControlBody.Number(body, "status", 300, 599),
            TimeSpan.FromSeconds(ControlBody.Number(body, "seconds", 1, MostSeconds)),
            body.Text("agreement"),
            body["readsToo"] is JsonValue value && value.TryGetValue<bool>(out var readsToo) && readsToo
        );
        return Results.NoContent();
    }
}
