using System.Buffers;
using Azure.Data.Tables;

namespace Storage;

/// <summary>How big a row is, by Azure's published formula when stored, and at most when sent.</summary>
internal static class RowSize
{
    /// <summary>What one row adds to a transaction beside its columns: part headers, URL, annotations.</summary>
    private const int EnvelopeBytes = 1024;

    private const int AnnotationBytes = 40;

    /// <summary>A character of a key stands in the URL, percent-encoded, and again in the JSON.</summary>
    private const int KeyCharBytes = 16;

    /// <summary>The characters that the SDK's JSON writer leaves as they are; any other becomes six bytes.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz !#$%()*,-./:;=?@[]^_{|}~"
    );

    /// <summary>The columns that are ours and hold something.</summary>
    public static IEnumerable<(string Name, object Value)> Columns(TableEntity row) =>
        from column in row
        where column.Value is not null && column.Key is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag")
        select (column.Key, column.Value);

    public static long Stored(TableEntity row) =>
        4
        + (2L * (row.PartitionKey.Length + row.RowKey.Length))
        + Columns(row).Sum(column => 8 + (2L * column.Name.Length) + Stored(column.Value));

    public static long OnTheWire(TableEntity row) =>
        EnvelopeBytes
        + ((long)KeyCharBytes * (row.PartitionKey.Length + row.RowKey.Length))
        + Columns(row).Sum(column => AnnotationBytes + (2L * column.Name.Length) + OnTheWire(column.Value));

    private static long Stored(object value) =>
        value switch
        {
            string text => 4 + (2L * text.Length),
            byte[] blob => 4 + blob.Length,
            BinaryData blob => 4 + blob.ToMemory().Length,
            Guid => 16,
            bool => 1,
            int => 4,
            _ => 8,
        };

    private static long OnTheWire(object value) =>
        value switch
        {
            string text => text.Sum(it => Plain.Contains(it) ? 1L : 6L),
            byte[] blob => Base64Length(blob.Length),
            BinaryData blob => Base64Length(blob.ToMemory().Length),
            _ => AnnotationBytes,
        };

    private static long Base64Length(int bytes) => (bytes + 2L) / 3 * 4;
}
