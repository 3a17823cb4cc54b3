using System.Text.Json.Nodes;

namespace PproSimulator;

/// <summary>PPRO's error bodies. 401 has a shape of its own.</summary>
internal static class Errors
{
    public static BooksAnswer Unauthorized { get; } = new(401, new JsonObject { ["message"] = "Unauthorized" });

    public static BooksAnswer Of(int status, string message, DateTimeOffset now) =>
        new(
            status,
            new JsonObject
            {
                ["status"] = status,
                ["failureMessage"] = message,
                ["timestamp"] = JsonText.Instant(now),
            }
        );
}
