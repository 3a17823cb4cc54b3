using System.Text.Json;

namespace Flows;

/// <summary>Who asks for an operator's action, and why. Both are kept with it.</summary>
internal sealed record OperatorsWish(string Actor, string Reason)
{
    public static OperatorsWish? Read(JsonElement json, FieldErrors errors)
    {
        var fields = new Fields(json, string.Empty, errors);
        fields.AllowOnly("actor", "reason");
        fields.Require("actor");
        fields.Require("reason");
        var (actor, reason) = (fields.Text("actor", 100), fields.Text("reason", 300));
        return errors.Any || actor is null || reason is null ? null : new(actor, reason);
    }
}
