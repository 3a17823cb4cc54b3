using Azure.Data.Tables;

namespace Storage;

/// <summary>What an operator, or the service by itself, did: who, why, and what was so before and after.</summary>
public sealed record OperatorAction(
    DateTimeOffset At,
    string Action,
    string Actor,
    string Reason,
    string Before,
    string After
)
{
    /// <summary>What it was done to, where its area has many of these: an event in quarantine.</summary>
    public string? Subject { get; init; }

    internal TableEntity ToRow(string partition, string key)
    {
        var row = RowColumns.Row(partition, key);
        row["At"] = At;
        row["Action"] = Action;
        row["Actor"] = Actor;
        row["Reason"] = Reason;
        row["Before"] = Before;
        row["After"] = After;
        row["Subject"] = Subject;
        return row;
    }

    internal static OperatorAction Read(TableEntity row) =>
        new(
            row.Checked().GetDateTimeOffset("At")!.Value,
            row.GetString("Action")!,
            row.GetString("Actor")!,
            row.GetString("Reason")!,
            row.GetString("Before")!,
            row.GetString("After")!
        )
        {
            Subject = row.GetString("Subject"),
        };
}
