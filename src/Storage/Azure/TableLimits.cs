using Azure.Data.Tables;

namespace Storage;

/// <summary>
/// What Azure refuses and Azurite accepts, refused here before anything is sent. To break one of these limits is a
/// bug of ours, so the message names the row.
/// </summary>
public static class TableLimits
{
    public const int RowsPerTransaction = 100;
    public const int TransactionBytes = 4 * 1024 * 1024;
    public const int RowBytes = 1024 * 1024;
    public const int ColumnsPerRow = 252;
    public const int ColumnNameChars = 255;

    /// <summary>Of a binary column; a text counts two bytes a character.</summary>
    public const int ColumnBytes = 64 * 1024;

    /// <summary>Two bytes a character.</summary>
    public const int KeyBytes = 1024;

    private static readonly DateTimeOffset Earliest = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Throws unless these writes can be one transaction.</summary>
    public static void Check(IReadOnlyList<RowWrite> writes)
    {
        if (writes.Count is 0 or > RowsPerTransaction)
        {
            throw new ArgumentException($"A transaction has 1 to {RowsPerTransaction} rows, not {writes.Count}.");
        }

        HashSet<string> rows = new(StringComparer.Ordinal);
        foreach (var write in writes)
        {
            CheckRow(write.Entity);
            Require(write, write.Entity.PartitionKey == writes[0].Entity.PartitionKey, "is of another partition");
            Require(write, rows.Add(write.Entity.RowKey), "is written twice in one transaction");
            Require(write, HasCondition(write), "needs the ETag it was read with");
        }

        var bytes = writes.Sum(write => RowSize.OnTheWire(write.Entity));
        Require(writes[0], bytes <= TransactionBytes, $"begins a transaction of {bytes} bytes");
    }

    /// <summary>Throws unless a row can have this address.</summary>
    public static void CheckKeys(RowAddress address)
    {
        CheckKey(address, address.Partition);
        CheckKey(address, address.Row);
    }

    private static void CheckKey(RowAddress address, string? key)
    {
        Require(address, key is not null, "lacks a key");
        Require(address, key!.Length * sizeof(char) <= KeyBytes, $"has a key of {key.Length} characters");
        Require(address, !key.Any(IsForbiddenInKey), @"has one of / \ # ? or a control character in a key");
    }

    private static bool IsForbiddenInKey(char it) => it is '/' or '\\' or '#' or '?' || char.IsControl(it);

    private static void CheckRow(TableEntity row)
    {
        var address = new RowAddress(row.PartitionKey, row.RowKey);
        CheckKeys(address);
        var count = 0;
        foreach (var (name, value) in RowSize.Columns(row))
        {
            CheckColumn(address, name, value);
            count++;
        }

        Require(address, count <= ColumnsPerRow, $"has {count} columns, more than {ColumnsPerRow}");
        var bytes = RowSize.Stored(row);
        Require(address, bytes <= RowBytes, $"has {bytes} bytes, more than {RowBytes}");
    }

    private static void CheckColumn(RowAddress address, string name, object value)
    {
        Require(address, name.Length <= ColumnNameChars, $"has a column name of {name.Length} characters");
        var bytes = value switch
        {
            string text => text.Length * sizeof(char),
            byte[] blob => blob.Length,
            BinaryData blob => blob.ToMemory().Length,
            bool or int or long or double or Guid => 0,
            DateTimeOffset at when at >= Earliest => 0,
            DateTimeOffset at => throw Broken(address, $"has {name} at {at:O}, before 1601"),
            _ => throw Broken(address, $"has {name} of type {value.GetType().Name}, which no column can hold"),
        };
        Require(address, bytes <= ColumnBytes, $"has {bytes} bytes in {name}, more than {ColumnBytes}");
    }

    private static bool HasCondition(RowWrite write) =>
        write switch
        {
            RowWrite.Replace it => it.Known.ToString() is not ("" or "*"),
            RowWrite.Delete it => it.Known.ToString() is not ("" or "*"),
            _ => true,
        };

    private static void Require(RowWrite write, bool holds, string fault) =>
        Require(new RowAddress(write.Entity.PartitionKey, write.Entity.RowKey), holds, fault);

    private static void Require(RowAddress address, bool holds, string fault)
    {
        if (!holds)
        {
            throw Broken(address, fault);
        }
    }

    private static ArgumentException Broken(RowAddress address, string fault) =>
        new($"Row {address.Partition} / {address.Row} {fault}.");
}
