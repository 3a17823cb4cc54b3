using System.Collections.Immutable;
using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Billing;

namespace Storage;

/// <summary>
/// The one control row, and who changed what beside it: an action and its effect commit together.
/// </summary>
public sealed class ChargingControlStore(ITables tables)
{
    private const string Partition = OperatorActions.Charging;
    private const string Row = "control";
    private const int MaxTries = 12;

    public async Task<ChargingControl> FindAsync(CancellationToken cancellationToken) =>
        (await LoadAsync(cancellationToken)).Control;

    /// <summary>
    /// Decides on what is there, writes under its ETag, and decides again when another worker was first. The same
    /// instance is no change; null gives up. The control as it is afterwards, or null. What is noted commits with it.
    /// </summary>
    public async Task<ChargingControl?> ChangeAsync(
        Func<ChargingControl, ChargingControl?> decide,
        Func<ChargingControl, ChargingControl, OperatorAction?>? note,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 1; attempt <= MaxTries; attempt++)
        {
            var (before, etag) = await LoadAsync(cancellationToken);
            var decided = decide(before);
            if (decided is null || ReferenceEquals(decided, before))
            {
                return decided;
            }

            var after = decided with { Version = before.Version + 1 };
            if (await TryWriteAsync(after, etag, note?.Invoke(before, after), cancellationToken))
            {
                return after;
            }
        }

        throw new StorageConflictException($"The control row was changed by others {MaxTries} times in a row.");
    }

    private async Task<bool> TryWriteAsync(
        ChargingControl after,
        ETag? etag,
        OperatorAction? action,
        CancellationToken cancellationToken
    )
    {
        var row = RowOf(after);
        List<RowWrite> writes = [etag is { } known ? new RowWrite.Replace(row, known) : new RowWrite.Insert(row)];
        if (action is not null)
        {
            var version = after.Version.ToString("D9", CultureInfo.InvariantCulture);
            writes.Add(new RowWrite.Insert(OperatorActions.RowOf(Partition, action, version)));
        }

        try
        {
            await tables.CommitAsync(StoreNames.Control, writes, cancellationToken);
            return true;
        }
        catch (StorageConflictException)
        {
            return false;
        }
    }

    private async Task<(ChargingControl Control, ETag? ETag)> LoadAsync(CancellationToken cancellationToken) =>
        await tables.FindAsync(StoreNames.Control, new(Partition, Row), cancellationToken) is { } row
            ? (Read(row), row.ETag)
            : (ChargingControl.Untouched, null);

    private static TableEntity RowOf(ChargingControl control)
    {
        var row = RowColumns.Row(Partition, Row);
        row["Version"] = control.Version;
        row["SpentOn"] = control.SpentOn?.ToString("O", CultureInfo.InvariantCulture);
        row["SpentCharges"] = control.SpentCharges;
        row["SpentMinorUnits"] = control.SpentMinorUnits;
        row["StoppedAt"] = control.Stop?.At;
        row["StoppedBy"] = control.Stop?.By;
        row["StopReason"] = control.Stop?.Reason;
        row["IsAutomaticStop"] = control.Stop?.IsAutomatic;
        row["StopLiftsAt"] = control.Stop?.LiftsAt;
        row["RefusedAgreements"] = string.Join(',', control.RefusedAgreements);
        row["RefusalStops"] = control.RefusalStops;
        row["TrialUntil"] = control.TrialUntil;
        return row;
    }

    private static ImmutableArray<AgreementId> AgreementsOf(string? ids) =>
        [
            .. (ids ?? string.Empty)
                .Split(',', StringSplitOptions.RemoveEmptyEntries)
                .Select(it => AgreementId.TryParse(it, out var id) ? id : throw new FormatException($"No id: {it}")),
        ];

    private static ChargingControl Read(TableEntity row) =>
        new()
        {
            Version = row.Checked().GetInt32("Version")!.Value,
            SpentOn = row.GetString("SpentOn") is { } day
                ? DateOnly.ParseExact(day, "O", CultureInfo.InvariantCulture)
                : null,
            SpentCharges = row.GetInt32("SpentCharges") ?? 0,
            SpentMinorUnits = row.GetInt64("SpentMinorUnits") ?? 0,
            Stop = row.GetDateTimeOffset("StoppedAt") is { } at
                ? new(
                    at,
                    row.GetString("StoppedBy")!,
                    row.GetString("StopReason")!,
                    row.GetBoolean("IsAutomaticStop") is true
                )
                {
                    LiftsAt = row.GetDateTimeOffset("StopLiftsAt"),
                }
                : null,
            RefusedAgreements = AgreementsOf(row.GetString("RefusedAgreements")),
            RefusalStops = row.GetInt32("RefusalStops") ?? 0,
            TrialUntil = row.GetDateTimeOffset("TrialUntil"),
        };
}
