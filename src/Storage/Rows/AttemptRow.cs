using Azure.Data.Tables;
using Billing;

namespace Storage;

/// <summary>
/// One attempt: what a person looks for as columns, the whole of it as JSON, and the exact bytes that were sent.
/// </summary>
internal static class AttemptRow
{
    /// <summary>Without the body: a merge leaves the stored bytes as they are.</summary>
    public static TableEntity From(AgreementId agreement, Attempt attempt)
    {
        var row = RowColumns.Row(agreement.Value, Keys.Charge(attempt.Key));
        row["State"] = attempt.State.ToString();
        row["Reference"] = attempt.Reference;
        row["ProviderId"] = attempt.ProviderId;
        row["AmountMinorUnits"] = attempt.Amount.MinorUnits;
        row["AmountCurrency"] = attempt.Amount.Currency;
        row["CapturedMinorUnits"] = attempt.CapturedMinorUnits;
        row.PutLongJson("Attempt", attempt, StorageJson.Default.Attempt);
        return row;
    }

    public static TableEntity From(AgreementId agreement, Attempt attempt, ReadOnlyMemory<byte> body)
    {
        var row = From(agreement, attempt);
        row.PutBytes("Body", body);
        return row;
    }

    public static Attempt Read(TableEntity row) => row.Checked().GetLongJson("Attempt", StorageJson.Default.Attempt);

    public static ReadOnlyMemory<byte> ReadBody(TableEntity row) => row.Checked().GetBytes("Body");
}
