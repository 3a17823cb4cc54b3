using Azure;
using Storage;

namespace Unit.Tests.StorageTests;

/// <summary>Writes of rows with nothing in them.</summary>
internal static class Writes
{
    private static readonly ETag Known = new("known");

    public static RowWrite Insert(string row) => new RowWrite.Insert(new("p", row));

    public static RowWrite Replace(string row) => new RowWrite.Replace(new("p", row), Known);

    public static RowWrite Delete(string row) => new RowWrite.Delete(new("p", row), Known);
}
