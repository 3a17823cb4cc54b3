using Storage;

namespace Flows.Replies;

/// <summary>Who did what to what, why, and what was so before and after.</summary>
public sealed record OperatorActionView(
    DateTimeOffset At,
    string Action,
    string? Subject,
    string Actor,
    string Reason,
    string Before,
    string After
)
{
    public static OperatorActionView Of(OperatorAction action) =>
        new(action.At, action.Action, action.Subject, action.Actor, action.Reason, action.Before, action.After);
}
