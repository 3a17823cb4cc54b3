using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Data.Tables;

namespace Storage;

/// <summary>The few shapes of columns that our rows are made of.</summary>
internal static class RowColumns
{
    /// <summary>
    /// Every row says which schema wrote it; readers accept this one and the one before. Schema 1 had what PPRO says
    /// of an agreement, an attempt or a refund in one column each.
    /// </summary>
    public const int Schema = 2;

    /// <summary>A property holds 64 KiB; longer bytes and texts go on in the next column.</summary>
    private const int ChunkBytes = 60 * 1024;
    private const int ChunkChars = 30 * 1024;
    private const int MaxChunks = 16;
    private const string Parts = "Parts";

    public static TableEntity Row(string partition, string row) => new(partition, row) { ["Schema"] = Schema };

    /// <summary>
    /// Refuses a row that a newer version of this service wrote: guessing at money rows is worse than stopping.
    /// </summary>
    public static TableEntity Checked(this TableEntity row) =>
        row.GetInt32("Schema") is Schema or (Schema - 1)
            ? row
            : throw new InvalidOperationException(
                $"Row {row.RowKey} has schema {row.GetInt32("Schema")}; this version reads {Schema} and {Schema - 1}."
            );

    public static void PutJson<T>(this TableEntity row, string column, T value, JsonTypeInfo<T> type) =>
        row[column] = ReadableJson.Of(value, type);

    public static T GetJson<T>(this TableEntity row, string column, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(row.GetString(column)!, type)!;

    /// <summary>
    /// JSON that may outgrow a property of 32 K characters: it goes on in the next column. How many columns there are
    /// is said beside them, because a merge leaves those of an earlier, longer text behind.
    /// </summary>
    public static void PutLongJson<T>(this TableEntity row, string column, T value, JsonTypeInfo<T> type)
    {
        var text = ReadableJson.Of(value, type);
        var (start, chunk) = (0, 0);
        for (; start < text.Length; chunk++)
        {
            row.RequireRoom(column, chunk, text.Length);
            var end = EndOfChunk(text, start);
            row[$"{column}{chunk}"] = text[start..end];
            start = end;
        }

        row[column + Parts] = chunk;
    }

    /// <summary>
    /// JSON of as many columns as are said beside them; in a row of schema 1, of one column of this name, or
    /// of columns that nobody counted.
    /// </summary>
    public static T GetLongJson<T>(this TableEntity row, string column, JsonTypeInfo<T> type)
    {
        if (row.GetInt32("Schema") is not Schema && row.ContainsKey(column))
        {
            return row.GetJson(column, type);
        }

        var columns = Enumerable.Range(0, row.GetInt32(column + Parts) ?? MaxChunks);
        return JsonSerializer.Deserialize(string.Concat(columns.Select(it => row.GetString($"{column}{it}"))), type)!;
    }

    public static void PutBytes(this TableEntity row, string column, ReadOnlyMemory<byte> bytes)
    {
        for (var chunk = 0; chunk * ChunkBytes < bytes.Length; chunk++)
        {
            row.RequireRoom(column, chunk, bytes.Length);
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

    /// <summary>Not inside a surrogate pair: half a character is no text on its way to storage.</summary>
    private static int EndOfChunk(string text, int start)
    {
        var end = Math.Min(text.Length, start + ChunkChars);
        return end < text.Length && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end;
    }

    /// <summary>What is written is what is read: nothing goes on where no reader would look for it.</summary>
    private static void RequireRoom(this TableEntity row, string column, int chunk, int length)
    {
        if (chunk == MaxChunks)
        {
            throw new InvalidOperationException(
                $"Row {row.RowKey} cannot hold {column}: {length} in more than {MaxChunks} columns."
            );
        }
    }
}
