using Azure;
using Azure.Data.Tables;
using Storage;

namespace Unit.Tests;

public sealed class TableLimitsTests
{
    private static readonly ETag Known = new("known");

    [Fact]
    public void An_ordinary_transaction_passes() =>
        TableLimits.Check([
            new RowWrite.Replace(Row("agreement"), Known),
            new RowWrite.Insert(Row("charge-20260131-1")),
            new RowWrite.Put(Row("event-1")),
            new RowWrite.Delete(Row("notice-1"), Known),
        ]);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void A_transaction_has_1_to_100_rows(int count, bool fits) =>
        Expect(fits, [.. Enumerable.Range(0, count).Select(number => Row($"{number}"))]);

    [Fact]
    public void A_transaction_stays_in_one_partition() => Expect(false, Row("1"), new TableEntity("q", "2"));

    [Fact]
    public void A_row_is_written_once_in_a_transaction() => Expect(false, Row("1"), Row("1"));

    [Theory]
    [InlineData('x', 20, true)]
    [InlineData('x', 22, false)]
    [InlineData('가', 3, true)]
    [InlineData('가', 4, false)] // six bytes each on the wire
    public void A_transaction_has_at_most_four_mebibytes(char letter, int rows, bool fits) =>
        Expect(fits, [.. Enumerable.Range(0, rows).Select(number => Row($"{number}", 10, letter, 20_000))]);

    [Theory]
    [InlineData(15, true)]
    [InlineData(16, false)]
    public void A_row_has_at_most_one_mebibyte(int columns, bool fits) =>
        Expect(fits, Row("r", columns, 'x', 32 * 1024));

    [Theory]
    [InlineData(252, true)]
    [InlineData(253, false)]
    public void A_row_has_at_most_252_columns(int columns, bool fits) => Expect(fits, Row("r", columns, 'x', 1));

    [Fact]
    public void What_azure_adds_and_what_is_null_are_no_columns()
    {
        var row = Row("r", 252, 'x', 1);
        row.ETag = Known;
        row.Timestamp = DateTimeOffset.UnixEpoch;
        row["None"] = null;

        Expect(true, row);
    }

    [Theory]
    [InlineData(32 * 1024, true)]
    [InlineData((32 * 1024) + 1, false)]
    public void A_text_has_at_most_32_ki_characters(int length, bool fits) =>
        Expect(fits, With(new string('x', length)));

    [Theory]
    [InlineData(64 * 1024, true)]
    [InlineData((64 * 1024) + 1, false)]
    public void A_binary_column_has_at_most_64_kibibytes(int length, bool fits)
    {
        Expect(fits, With(new byte[length]));
        Expect(fits, With(BinaryData.FromBytes(new byte[length])));
    }

    [Theory]
    [InlineData("2026-01-31T12:00:00Z", true)]
    [InlineData("1601-01-01T00:00:00Z", true)]
    [InlineData("0001-01-01T00:00:00Z", false)]
    public void An_instant_is_not_before_1601(string at, bool fits) => Expect(fits, With(DateTimeOffset.Parse(at)));

    [Fact]
    public void A_column_holds_only_what_azure_knows()
    {
        Expect(false, With(9_900m));
        Expect(false, With(new DateOnly(2026, 1, 31)));
        Expect(false, With(DayOfWeek.Monday));
    }

    [Theory]
    [InlineData("agr-1", true)]
    [InlineData("it's 가", true)]
    [InlineData("a/b", false)]
    [InlineData(@"a\b", false)]
    [InlineData("a#b", false)]
    [InlineData("a?b", false)]
    [InlineData("a\tb", false)]
    [InlineData("a\u007fb", false)]
    [InlineData("a\u0085b", false)]
    public void A_key_keeps_to_its_characters(string key, bool fits)
    {
        Expect(fits, new TableEntity("p", key));
        Expect(fits, new TableEntity(key, "r"));
    }

    [Theory]
    [InlineData(512, true)]
    [InlineData(513, false)]
    public void A_key_has_at_most_one_kibibyte(int length, bool fits) =>
        Expect(fits, new TableEntity("p", new string('k', length)));

    [Fact]
    public void A_key_is_never_missing() => Expect(false, new TableEntity { PartitionKey = "p" });

    [Fact]
    public void A_conditional_write_has_a_condition()
    {
        foreach (var etag in (ETag[])[default, new("*")])
        {
            Assert.Throws<ArgumentException>(() => TableLimits.Check([new RowWrite.Replace(Row("r"), etag)]));
            Assert.Throws<ArgumentException>(() => TableLimits.Check([new RowWrite.Delete(Row("r"), etag)]));
        }
    }

    [Fact]
    public void The_fault_names_its_row()
    {
        var e = Assert.Throws<ArgumentException>(() =>
            TableLimits.Check([new RowWrite.Insert(Row("fine")), new RowWrite.Insert(Row("bad#1"))])
        );

        Assert.StartsWith("Row p / bad#1 ", e.Message, StringComparison.Ordinal);
    }

    private static TableEntity Row(string key) => new("p", key);

    private static TableEntity With(object value) => new("p", "r") { ["Column"] = value };

    private static TableEntity Row(string key, int columns, char letter, int length)
    {
        var row = Row(key);
        foreach (var number in Enumerable.Range(0, columns))
        {
            row[$"C{number}"] = new string(letter, length);
        }

        return row;
    }

    private static void Expect(bool fits, params TableEntity[] rows)
    {
        RowWrite[] writes = [.. rows.Select(row => new RowWrite.Insert(row))];
        var fault = Record.Exception(() => TableLimits.Check(writes));
        Assert.Equal(fits, fault is null);
        Assert.True(fault is null or ArgumentException);
    }
}
