using System.Text.Json;
using System.Text.Json.Nodes;

namespace PproSimulator;

/// <summary>
/// The switches of the control API, by name: each says what is wrong with a body before it changes anything.
/// </summary>
internal static class Controls
{
    private const long MostSeconds = 400 * 86_400;
    private const long MostSecondsHidden = 30 * 86_400;
    private const int MostTimes = 10_000;

    public static IReadOnlyDictionary<string, Action<PproBooks, JsonObject>> All { get; } =
        new Dictionary<string, Action<PproBooks, JsonObject>>
        {
            ["webhooks"] = SetWebhooks,
            ["webhooks/redeliver"] = Redeliver,
            ["faults"] = PlanFault,
            ["faults/clear"] = (books, _) => books.Faults.Clear(),
            ["decline"] = PlanDecline,
            ["hide"] = (books, body) => books.Hide(Seconds(body, 0, MostSecondsHidden)),
            ["oddities"] = PlanOddity,
            ["oddities/clear"] = (books, _) => books.BehaveAgain(),
            ["lag"] = (books, body) => books.LagBehind(Seconds(body, 0, MostSecondsHidden)),
            ["refuse"] = Refuse,
        };

    private static void SetWebhooks(PproBooks books, JsonObject body)
    {
        var mode = ControlBody.OneOf(
            body,
            "mode",
            ["normal", "drop", "duplicate", "shuffle", "delay", "breakSignature"]
        );
        var delay = mode is "delay"
            ? TimeSpan.FromSeconds(ControlBody.Number(body, "delaySeconds", 1, MostSecondsHidden))
            : TimeSpan.Zero;
        books.Events.Mode = new(mode, delay, Types(body));
    }

    private static void Redeliver(PproBooks books, JsonObject body)
    {
        if (!books.Redeliver(body.Text("id") ?? string.Empty))
        {
            throw new ControlException("There is no such event with an address.");
        }
    }

    private static void PlanFault(PproBooks books, JsonObject body)
    {
        var operation = ControlBody.OneOf(body, "operation", Fault.Operations);
        var kind = ControlBody.OneOf(body, "kind", Fault.Kinds);
        var delay = TimeSpan.FromMilliseconds(ControlBody.Number(body, "delayMs", 0, MostSecondsHidden * 1000));
        books.Faults.Add(new(operation, kind, delay), Count(body));
    }

    private static void PlanDecline(PproBooks books, JsonObject body)
    {
        var failure = new SimFailure(
            body.Text("failureType") ?? "PROVIDER_DECLINE",
            body.Text("failureCode") ?? "INSUFFICIENT_FUNDS",
            body.Text("failureMessage") ?? "Declined by the simulator",
            Flag(body, "isRetryable")
        );
        var ofRefunds =
            body["operation"] is not null && ControlBody.OneOf(body, "operation", ["charge", "refund"]) is "refund";
        books.Decline(failure, body.Text("reference"), Count(body), ofRefunds);
    }

    private static void PlanOddity(PproBooks books, JsonObject body)
    {
        var kind = ControlBody.OneOf(body, "kind", Oddity.Kinds);
        var oddity = new Oddity(kind)
        {
            After = TimeSpan.FromSeconds(ControlBody.Number(body, "afterSeconds", 0, MostSeconds)),
            Amount = body.Amount("amount"),
            Message = body.Text("message") ?? new Oddity(kind).Message,
        };
        books.Expect(oddity, Count(body));
    }

    private static void Refuse(PproBooks books, JsonObject body) =>
        books.Refuse(
            (int)ControlBody.Number(body, "status", 300, 599),
            Seconds(body, 1, MostSeconds),
            body.Text("agreement"),
            Flag(body, "readsToo") ?? false
        );

    private static TimeSpan Seconds(JsonObject body, long min, long max) =>
        TimeSpan.FromSeconds(ControlBody.Number(body, "seconds", min, max));

    private static int Count(JsonObject body) => (int)ControlBody.Number(body, "count", 1, MostTimes);

    private static bool? Flag(JsonObject body, string name) =>
        body[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    private static HashSet<string> Types(JsonObject body)
    {
        var given = body["types"] is null ? [] : body["types"] as JsonArray;
        return given is not null && given.All(it => it?.GetValueKind() is JsonValueKind.String)
            ? [.. given.Select(it => (string)it!)]
            : throw new ControlException("types must be an array of event types.");
    }
}
