using Azure.Data.Tables;
using Billing;

namespace Storage;

/// <summary>
/// The row that decides everything about an agreement. What a person looks for is a column of its own; the rest is
/// JSON by topic.
/// </summary>
internal static class AgreementRow
{
    public static TableEntity From(Agreement agreement)
    {
        var row = RowColumns.Row(agreement.Id.Value, Keys.Agreement);
        row["Version"] = agreement.Version;
        row["CreatedAt"] = agreement.CreatedAt;
        row["Status"] = agreement.Status?.ToString();
        row["ProviderId"] = agreement.Provider.Id;
        row["NextLookAt"] = agreement.NextLookAt;
        row["FundsNewsAt"] = agreement.FundsNewsAt;
        row["CapturedMinorUnits"] = agreement.CapturedMinorUnits;
        row["RefundedMinorUnits"] = agreement.RefundedMinorUnits;
        row["SingleCharges"] = agreement.SingleCharges;
        row["SingleChargesOn"] = agreement.SingleChargesOn?.ToString("O", null);
        row.PutJson("Terms", agreement.Terms, StorageJson.Default.AgreementTerms);
        row.PutJson("Create", agreement.Create, StorageJson.Default.CreateRequest);
        row.PutLongJson("Provider", agreement.Provider, StorageJson.Default.ProviderSide);
        row.PutJson("Plan", agreement.Plan, StorageJson.Default.BillingPlan);
        row.PutLongJson("Open", agreement.Open, StorageJson.Default.ImmutableArrayAttempt);
        row.PutLongJson("OpenRefunds", agreement.OpenRefunds, StorageJson.Default.ImmutableArrayRefund);
        if (!agreement.Stops.IsEmpty)
        {
            row.PutJson("Stops", agreement.Stops, StorageJson.Default.ImmutableArrayAgreementStop);
        }

        if (!agreement.Stuck.IsEmpty)
        {
            row.PutJson("Stuck", agreement.Stuck, StorageJson.Default.ImmutableArrayStuckStep);
        }

        if (agreement.LateCapture is { } late)
        {
            row.PutJson("LateCapture", late, StorageJson.Default.LateCapture);
        }

        if (agreement.Ending is { } ending)
        {
            row.PutJson("Ending", ending, StorageJson.Default.Ending);
        }

        return row;
    }

    public static Agreement Read(TableEntity row) => ReadAsItIs(row).Upgraded(row);

    private static Agreement ReadAsItIs(TableEntity row) =>
        new()
        {
            Id = AgreementId.Parse(row.Checked().PartitionKey),
            Version = row.GetInt32("Version")!.Value,
            CreatedAt = row.GetDateTimeOffset("CreatedAt")!.Value,
            NextLookAt = row.GetDateTimeOffset("NextLookAt"),
            FundsNewsAt = row.GetDateTimeOffset("FundsNewsAt"),
            Stops = row.GetString("Stops") is null
                ? []
                : row.GetJson("Stops", StorageJson.Default.ImmutableArrayAgreementStop),
            Stuck = row.GetString("Stuck") is null
                ? []
                : row.GetJson("Stuck", StorageJson.Default.ImmutableArrayStuckStep),
            CapturedMinorUnits = row.GetInt64("CapturedMinorUnits")!.Value,
            RefundedMinorUnits = row.GetInt64("RefundedMinorUnits")!.Value,
            SingleCharges = row.GetInt32("SingleCharges") ?? 0,
            SingleChargesOn = row.GetString("SingleChargesOn") is { } day
                ? DateOnly.ParseExact(day, "O", System.Globalization.CultureInfo.InvariantCulture)
                : null,
            Terms = row.GetJson("Terms", StorageJson.Default.AgreementTerms),
            Create = row.GetJson("Create", StorageJson.Default.CreateRequest),
            Provider = row.GetLongJson("Provider", StorageJson.Default.ProviderSide),
            Plan = row.GetJson("Plan", StorageJson.Default.BillingPlan),
            Open = row.GetLongJson("Open", StorageJson.Default.ImmutableArrayAttempt),
            OpenRefunds = row.GetLongJson("OpenRefunds", StorageJson.Default.ImmutableArrayRefund),
            LateCapture = row.GetString("LateCapture") is null
                ? null
                : row.GetJson("LateCapture", StorageJson.Default.LateCapture),
            Ending = row.GetString("Ending") is null ? null : row.GetJson("Ending", StorageJson.Default.Ending),
        };
}
