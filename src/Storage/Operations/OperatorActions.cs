using System.Globalization;
using Azure.Data.Tables;
using Billing;

namespace Storage;

/// <summary>
/// What operators did, by area, the newest first. An action that changes a row of its own partition commits together
/// with it; any other is written down before the change that it speaks of.
/// </summary>
public sealed class OperatorActions(ITables tables)
{
    /// <summary>The areas, which are partitions of the control table.</summary>
    public const string Charging = "charging";
    public const string Quarantine = "quarantine";
    public const string Exceptions = "exceptions";
    public const string Agreements = "agreements";

    /// <summary>Apart from charging: a tick opens and closes nothing.</summary>
    public const string Timer = "timer";

    private const string Prefix = "operation-";

    /// <summary>An action written twice is kept once.</summary>
    public Task AddAsync(string area, OperatorAction action, CancellationToken cancellationToken)
    {
        string?[] all = [action.Subject, action.Action, action.Actor, action.Reason, action.Before, action.After];
        var unique = ShortHash.Of(string.Join('\n', all));
        return tables.CommitAsync(
            StoreNames.Control,
            [new RowWrite.Put(RowOf(area, action, unique))],
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<OperatorAction>> ListAsync(
        string area,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var range = KeyRange.Prefix(area, Prefix, limit);
        var rows = await tables.RangeAsync(StoreNames.Control, range, cancellationToken);
        return [.. rows.Select(OperatorAction.Read)];
    }

    /// <summary>The newest sorts first; <paramref name="unique"/> keeps two actions of one moment apart.</summary>
    internal static TableEntity RowOf(string area, OperatorAction action, string unique)
    {
        var newestFirst = DateTimeOffset.MaxValue.UtcTicks - action.At.UtcTicks;
        return action.ToRow(area, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{newestFirst:D19}-{unique}"));
    }
}
