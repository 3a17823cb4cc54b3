using Azure;
using Azure.Data.Tables;
using Storage;

namespace StorageContract;

/// <summary>Writes of rows with one text column.</summary>
public static class Rows
{
    public static TableEntity Row(string partition, string row, string text = "") =>
        new(partition, row) { ["Text"] = text };

    public static RowWrite Insert(string partition, string row, string text = "") =>
        new RowWrite.Insert(Row(partition, row, text));

    public static RowWrite Replace(string partition, string row, string text, ETag known) =>
        new RowWrite.Replace(Row(partition, row, text), known);

    public static RowWrite Delete(string partition, string row, ETag known) =>
        new RowWrite.Delete(new TableEntity(partition, row), known);
}
