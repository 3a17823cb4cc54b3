using Storage;

namespace Flows;

/// <summary>A page of what a person has to look at, by agreement.</summary>
public sealed record ExceptionsView(IReadOnlyList<ExceptionView> Exceptions)
{
    public string? NextPageToken { get; init; }

    /// <summary>What operators did here, the newest first; on the first page only.</summary>
    public IReadOnlyList<OperatorActionView>? Actions { get; init; }
}

/// <summary>One thing of one agreement. <c>id</c> is its address.</summary>
/// <param name="Id">Its address.</param>
/// <param name="Agreement">Whose it is.</param>
/// <param name="Subject">A charge, a refund, <c>sums</c>, or <c>agreement</c> for what stops its charging.</param>
/// <param name="Reason">What is wrong, in words.</param>
/// <param name="RaisedAt">Since when it is known.</param>
/// <param name="SeenAt">When it was last found to be so.</param>
/// <param name="AgeInDays">Whole days since it was raised.</param>
public sealed record ExceptionView(
    string Id,
    string Agreement,
    string Subject,
    string Reason,
    DateTimeOffset RaisedAt,
    DateTimeOffset SeenAt,
    int AgeInDays
)
{
    public static ExceptionView Of(ExceptionEntry entry, DateTimeOffset now) =>
        new(
            entry.Key,
            entry.Agreement.Value,
            entry.Subject,
            entry.Reason,
            entry.RaisedAt,
            entry.SeenAt,
            (now - entry.RaisedAt).Days
        );
}
