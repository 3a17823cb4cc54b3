using Azure.Data.Tables;
using Billing;

namespace Storage;

/// <summary>
/// One refund: what a person looks for as columns, the whole of it as JSON, and the exact bytes that were sent.
/// </summary>
internal static class RefundRow
{
    /// <summary>Without the body: a merge leaves the stored bytes as they are.</summary>
    public static TableEntity From(AgreementId agreement, Refund refund)
    {
        var row = RowColumns.Row(agreement.Value, Keys.Refund(refund.ChargeKey, refund.Id));
        row["State"] = refund.State.ToString();
        row["Reference"] = refund.Reference;
        row["ProviderId"] = refund.ProviderId;
        row["AmountMinorUnits"] = refund.Amount.MinorUnits;
        row["AmountCurrency"] = refund.Amount.Currency;
        row.PutLongJson("Refund", refund, StorageJson.Default.Refund);
        return row;
    }

    public static TableEntity From(AgreementId agreement, Refund refund, ReadOnlyMemory<byte> body)
    {
        var row = From(agreement, refund);
        row.PutBytes("Body", body);
        return row;
    }

    public static Refund Read(TableEntity row) => row.Checked().GetLongJson("Refund", StorageJson.Default.Refund);

    public static ReadOnlyMemory<byte> ReadBody(TableEntity row) => row.Checked().GetBytes("Body");
}
