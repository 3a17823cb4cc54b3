using Flows.Replies;

namespace Flows.Requests;

/// <summary>Who asks for an operator's action, and why. Both are kept with it.</summary>
internal sealed record OperatorsWish(string Actor, string Reason)
{
    /// <summary>
    /// The wish, or the problem with it. An actor that the body declares does not count beside a key's name.
    /// </summary>
    public static (OperatorsWish? Wish, Reply? Problem) Read(WhoAsks who, ReadOnlyMemory<byte>? bytes)
    {
        var (body, problem) = RequestBody.Parse(bytes);
        if (body is null)
        {
            return (null, problem);
        }

        using (body)
        {
            var errors = new FieldErrors();
            var fields = new Fields(body.Json, string.Empty, errors);
            fields.AllowOnly("actor", "reason");
            fields.Require("reason");
            var (declared, reason) = (who.HasToDeclare ? DeclaredIn(fields) : null, fields.Line("reason", 300));
            return errors.Any || reason is null
                ? (null, Problems.InvalidFields(errors))
                : (new(who.ActorOf(declared), reason), null);
        }
    }

    private static string? DeclaredIn(Fields fields)
    {
        fields.Require("actor");
        return fields.Line("actor", PrintableText.MaxName);
    }
}
