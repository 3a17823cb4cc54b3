using System.Text;
using Azure.Data.Tables;

namespace Storage;

/// <summary>
/// What Azure refuses and Azurite accepts. Checked here, so that a row that is too large fails on the first machine
/// and not in production.
/// </summary>
public static class TableLimits
{
    public const int MaxWrites = 100;
    public const int MaxTransactionBytes = 4 * 1024 * 1024;
    public const int MaxEntityBytes = 1024 * 1024;
    public const int MaxPropertyBytes = 64 * 1024;
    public const int MaxProperties = 252;
    private const int MaxKeyBytes = 1024;

    public static void Check(IReadOnlyList<RowWrite> writes)
    {
        if (writes.Count is 0 or > MaxWrites)
        {
            throw new InvalidOperationException($"A transaction has 1 to {MaxWrites} writes, not {writes.Count}.");
        }

        if (writes.Any(write => write.Entity.PartitionKey != writes[0].Entity.PartitionKey))
        {
            throw new InvalidOperationException("A transaction stays in one partition.");
        }

        if (writes.DistinctBy(write => write.Entity.RowKey).Count() != writes.Count)
        {
            throw new InvalidOperationException("A transaction names a row once.");
        }

        if (writes.Sum(write => Check(write.Entity)) > MaxTransactionBytes)
        {
            throw new InvalidOperationException("A transaction has at most 4 MiB.");
        }
    }

    private static int Check(TableEntity row)
    {
        CheckKey(row.PartitionKey);
        CheckKey(row.RowKey);
        var sizes = row.Where(it => it.Value is not null).Select(it => (it.Key, Bytes: SizeOf(it.Value))).ToList();
        foreach (var (name, bytes) in sizes.Where(it => it.Bytes > MaxPropertyBytes))
        {
            throw new InvalidOperationException($"Property {name} of row {row.RowKey} has {bytes} bytes; 64 KiB is the limit.");
        }

        var total = sizes.Sum(it => it.Bytes + (2 * it.Key.Length) + 8);
        return sizes.Count <= MaxProperties && total <= MaxEntityBytes
            ? total
            : throw new InvalidOperationException($"Row {row.RowKey} has {sizes.Count} properties and {total} bytes.");
    }

    private static void CheckKey(string key)
    {
        if (Encoding.Unicode.GetByteCount(key) > MaxKeyBytes
            || key.Any(c => c is '/' or '\\' or '#' or '?' || char.IsControl(c)))
        {
            throw new InvalidOperationException($"'{key}' cannot be a key.");
        }
    }

    private static int SizeOf(object value) => value switch
    {
        string text => 2 * text.Length,
        byte[] bytes => bytes.Length,
        BinaryData data => data.ToMemory().Length,
        _ => 16,
    };
}
