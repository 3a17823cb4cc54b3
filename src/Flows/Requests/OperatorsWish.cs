using Flows.Replies;

namespace Flows.Requests;

/// <summary>Who asks for an operator's action, and why. Both are kept with it.</summary>
internal sealed record OperatorsWish(string Actor, string Reason)
{
    /// <summary>The wish, or the problem with it.</summary>
    public static (OperatorsWish? Wish, Reply? Problem) Read(ReadOnlyMemory<byte>? bytes)
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
            fields.Require("actor");
            fields.Require("reason");
            var (actor, reason) = (fields.Line("actor", 100), fields.Line("reason", 300));
            return errors.Any || actor is null || reason is null
                ? (null, Problems.InvalidFields(errors))
                : (new(actor, reason), null);
        }
    }
}
