using System.Text.Json.Nodes;

namespace PproSimulator;

/// <summary>The body of a control call, and what is wrong with it in words.</summary>
internal static class ControlBody
{
    private const int MaxBody = 64 * 1024;

    /// <summary>Null when it is no JSON object, or longer than a control call is.</summary>
    public static async Task<JsonObject?> ReadAsync(HttpRequest request)
    {
        var bytes = new byte[MaxBody];
        var length = await request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false);
        return JsonText.ParseObject(bytes.AsMemory(0, length));
    }

    public static string OneOf(JsonObject body, string name, IReadOnlyList<string> allowed) =>
        body.Text(name) is { } given && allowed.Contains(given)
            ? given
            : throw new ControlException($"{name} must be one of {string.Join(", ", allowed)}.");

    /// <summary>The smallest allowed number is also the default.</summary>
    public static long Number(JsonObject body, string name, long min, long max)
    {
        if (body[name] is null)
        {
            return min;
        }

        return body[name] is JsonValue value && value.TryGetValue<long>(out var given) && given >= min && given <= max
            ? given
            : throw new ControlException($"{name} must be a whole number from {min} to {max}.");
    }

    public static IResult Refuse(string detail) => Results.Problem(detail, statusCode: 400);
}

/// <summary>A control call that asks for what there is not.</summary>
internal sealed class ControlException(string message) : Exception(message);
