using System.Text.Json;
using Azure.Data.Tables;
using Billing;

namespace Storage;

/// <summary>
/// An agreement as schema 1 wrote it: the days of its plan by other names, one reason that stops its charging, and an
/// end that does not say whether it had been active. What is read is as if this schema had written it.
/// </summary>
internal static class EarlierAgreement
{
    private const int Schema = 1;

    public static Agreement Upgraded(this Agreement read, TableEntity row) =>
        row.GetInt32("Schema") is not Schema
            ? read
            : read with
            {
                Plan = PlanOf(read, row),
                Stops = StopsOf(read, row),
                Ending = read.Ending is { } ending
                    ? ending with
                    {
                        WasActive = read.Provider.ActivatedAt <= ending.At,
                    }
                    : null,
            };

    private static BillingPlan PlanOf(Agreement read, TableEntity row)
    {
        using var plan = JsonDocument.Parse(row.GetString("Plan")!);
        var cancelOn = plan.RootElement.TryGetProperty("CancelOn", out var day) ? day.GetString() : null;
        return read.Plan with
        {
            EndAt = read.Terms.EndDate,
            Cancel = cancelOn is null
                ? null
                : new(
                    DateOnly.ParseExact(cancelOn, "O", System.Globalization.CultureInfo.InvariantCulture),
                    EndedBy.Storefront,
                    Reason: null,
                    read.CreatedAt
                ),
        };
    }

    private static System.Collections.Immutable.ImmutableArray<AgreementStop> StopsOf(
        Agreement read,
        TableEntity row
    ) => row.GetString("Exception") is { } reason ? [new(AgreementStop.OfAgreement, reason, read.CreatedAt)] : [];
}
