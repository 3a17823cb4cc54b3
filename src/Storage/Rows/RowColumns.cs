using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Data.Tables;

namespace Storage;

/// <summary>The few shapes of columns that our rows are made of.</summary>
internal static class RowColumns
{
    /// <summary>Every row says which schema wrote it; readers accept this one and the one before.</summary>
    public const int Schema = 1;

    /// <summary>A property holds 64 KiB; longer bytes go on in the next column.</summary>
    private const int ChunkBytes = 60 * 1024;
    private const int ChunkChars = 30 * 1024;
    private const int MaxChunks = 8;

    public static TableEntity Row(string partition, string row) => new(partition, row) { ["Schema"] = Schema };

    /// <summary>
    /// Refuses a row that a newer version of this service wrote: guessing at money rows is worse than stopping.
    /// </summary>
    public static TableEntity Checked(this TableEntity row) =>
        row.GetInt32("Schema") is Schema
            ? row
            : throw new InvalidOperationException(
                $"Row {row.RowKey} has schema {row.GetInt32("Schema")}, and this version reads {Schema}."
            );

    public static void PutJson<T>(this TableEntity row, string column, T value, JsonTypeInfo<T> type) =>
        row[column] = JsonSerializer.Serialize(value, type);

    public static T GetJson<T>(this TableEntity row, string column, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(row.GetString(column)!, type)!;

    /// <summary>JSON that may outgrow a property of 32 K characters: it goes on in the next column.</summary>
    public static void PutLongJson<T>(this TableEntity row, string column, T value, JsonTypeInfo<T> type)
    {
        var text = JsonSerializer.Serialize(value, type);
        for (var chunk = 0; chunk * ChunkChars < text.Length; chunk++)
        {
            var start = chunk * ChunkChars;
            row[$"{column}{chunk}"] = text[start..Math.Min(text.Length, start + ChunkChars)];
        }
    }

    public static T GetLongJson<T>(this TableEntity row, string column, JsonTypeInfo<T> type)
    {
        var text = string.Concat(Enumerable.Range(0, MaxChunks).Select(chunk => row.GetString($"{column}{chunk}")));
        return JsonSerializer.Deserialize(text, type)!;
    }

    public static void PutBytes(this TableEntity row, string column, ReadOnlyMemory<byte> bytes)
    {
        for (var chunk = 0; chunk * ChunkBytes < bytes.Length; chunk++)
        {
            var rest = bytes[(chunk * ChunkBytes)..];
            row[$"{column}{chunk}"] = rest[..Math.Min(rest.Length, ChunkBytes)].ToArray();
        }
    }

    public static ReadOnlyMemory<byte> GetBytes(this TableEntity row, string column)
    {
        using var bytes = new MemoryStream();
        for (var chunk = 0; chunk < MaxChunks && row.GetBinary($"{column}{chunk}") is { } part; chunk++)
        {
            bytes.Write(part);
        }

        return bytes.ToArray();
    }
}
