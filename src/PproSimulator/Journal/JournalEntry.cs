using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PproSimulator;

/// <summary>One thing that came to the books from outside, and what came of it: a line of the journal.</summary>
/// <param name="At">When, to the tick.</param>
/// <param name="Kind">call, act, control or delivery.</param>
/// <param name="What">All that is needed to do it again.</param>
/// <param name="CameOf">What it came to: played again it has to come to the same.</param>
internal sealed record JournalEntry(DateTimeOffset At, string Kind, JsonObject What, string? CameOf)
{
    public string ToLine() =>
        JsonText.Of(
            new JsonObject
            {
                ["at"] = At.ToString("O", CultureInfo.InvariantCulture),
                ["kind"] = Kind,
                ["what"] = What.DeepClone(),
                ["cameOf"] = CameOf,
            }
        );

    /// <summary>Null for what is no entry, such as half a line.</summary>
    public static JournalEntry? Parse(string line)
    {
        try
        {
            return
                JsonNode.Parse(line) is JsonObject json
                && json.Text("kind") is { } kind
                && json["what"] is JsonObject what
                && DateTimeOffset.TryParse(json.Text("at"), CultureInfo.InvariantCulture, out var at)
                ? new(at, kind, what, json.Text("cameOf"))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
