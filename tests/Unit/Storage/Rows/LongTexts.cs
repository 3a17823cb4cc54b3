using System.Text.Json;
using Azure.Data.Tables;
using Billing;
using JourneyKit;
using Storage;

namespace Unit.Tests.StorageTests;

/// <summary>Texts from outside may be long and strange: a row holds them as they are, or says clearly that it cannot.</summary>
public sealed class LongTexts
{
    private const string Nasty = "잔액 부족 😀 \"quoted\" \\ <&'> \u3000\u2028\ue000";
    private static readonly AgreementId Id = AgreementId.FromKey("long texts");
    private static readonly DateTimeOffset At = new(2026, 1, 31, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Texts_are_stored_as_they_are_and_people_can_read_them()
    {
        var row = AttemptRow.From(Id, Failed(Nasty));

        Assert.Contains("잔액 부족 😀", row.GetString("Attempt0"), StringComparison.Ordinal);
        Assert.DoesNotContain("\\u", row.GetString("Attempt0"), StringComparison.Ordinal);
        Assert.Equal(Nasty, AttemptRow.Read(row).Failure!.Message);
    }

    [Theory]
    [InlineData("\\ud83d\\ude00")]
    [InlineData("\\\\ud83d \\u0041 \\")]
    [InlineData("\u0001\u007f\u0085\ufffe\uffff")]
    public void What_looks_like_an_escape_comes_back_as_it_was(string text) =>
        Assert.Equal(text, AttemptRow.Read(AttemptRow.From(Id, Failed(text))).Failure!.Message);

    [Fact]
    public void What_PPRO_says_may_go_on_in_the_next_column()
    {
        var attempt = Failed(string.Concat(Enumerable.Repeat(Nasty, 2_000)));
        var refund = ARefund() with { Failure = attempt.Failure };
        var agreement = Begun() with { Provider = new() { Failure = attempt.Failure } };

        Assert.Equal(Text(attempt), Text(AttemptRow.Read(Kept(AttemptRow.From(Id, attempt)))));
        Assert.Equal(Text(refund), Text(RefundRow.Read(Kept(RefundRow.From(Id, refund)))));
        Assert.Equal(Text(agreement), Text(AgreementRow.Read(Kept(AgreementRow.From(agreement)))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    public void No_column_ends_inside_a_character(string shift)
    {
        var row = AttemptRow.From(Id, Failed(shift + string.Concat(Enumerable.Repeat("😀", 40_000))));

        var columns = Enumerable
            .Range(0, row.GetInt32("AttemptParts")!.Value)
            .Select(it => row.GetString($"Attempt{it}"));
        Assert.True(columns.Count() > 2);
        Assert.DoesNotContain(columns, it => char.IsHighSurrogate(it[^1]));
    }

    [Fact]
    public async Task A_text_that_has_become_shorter_leaves_nothing_of_the_longer_one_behind()
    {
        var tables = new MemoryTables(new SetClock(At));
        await MergeAsync(tables, AttemptRow.From(Id, Failed(new string('x', 100_000))));
        await MergeAsync(tables, AttemptRow.From(Id, Failed("short")));

        var row = await tables.FindAsync(StoreNames.Agreements, new(Id.Value, Keys.Charge("20260131-1")), default);

        Assert.Equal("short", AttemptRow.Read(row!).Failure!.Message);
    }

    [Fact]
    public async Task A_row_of_the_schema_before_is_read_and_may_be_moved_on()
    {
        var tables = new MemoryTables(new SetClock(At));
        await MergeAsync(tables, Older(AttemptRow.From(Id, Failed("first")), "Attempt"));
        var address = new RowAddress(Id.Value, Keys.Charge("20260131-1"));

        var first = AttemptRow.Read((await tables.FindAsync(StoreNames.Agreements, address, default))!);
        await MergeAsync(tables, AttemptRow.From(Id, Failed("second")));
        var second = AttemptRow.Read((await tables.FindAsync(StoreNames.Agreements, address, default))!);

        Assert.Equal(("first", "second"), (first.Failure!.Message, second.Failure!.Message));
    }

    [Fact]
    public void Agreements_and_refunds_of_the_schema_before_are_read()
    {
        var agreement = Begun() with
        {
            Provider = new() { Id = "agr_1" },
            Open = [Failed("x")],
        };
        var row = AgreementRow.From(agreement);
        row.Remove("OpenParts");
        row.Remove("OpenRefundsParts");

        Assert.Equal(Text(agreement), Text(AgreementRow.Read(Older(row, "Provider"))));
        Assert.Equal(Text(ARefund()), Text(RefundRow.Read(Older(RefundRow.From(Id, ARefund()), "Refund"))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_row_of_a_schema_that_is_too_old_or_too_new_is_not_guessed_at(int schema)
    {
        var row = AgreementRow.From(Begun());
        row["Schema"] = schema;

        Assert.Throws<InvalidOperationException>(() => AgreementRow.Read(row));
    }

    [Theory]
    [InlineData('"')]
    [InlineData('가')]
    [InlineData('\ue000')]
    public void An_agreement_at_its_caps_with_the_longest_texts_fits_into_its_row(char of)
    {
        var (word, id, text) = (new string(of, 64), new string(of, 128), new string(of, 512));
        var failure = new Failure(word, word, text, true, word);
        var history = Enumerable.Repeat(new AttemptEntry(At, word), 12);
        var attempt = Failed(text) with
        {
            Reference = text,
            ProviderId = id,
            StatusWord = word,
            Failure = failure,
            History = [.. history],
            Funds = [new(id, word, At)],
        };
        var refund = ARefund() with
        {
            ChargeProviderId = id,
            Reference = text,
            FirstId = id,
            ProviderId = id,
            Failure = failure,
            History = [.. history],
        };
        var agreement = Begun() with
        {
            Provider = new()
            {
                Id = id,
                RequestUrl = new(of, 8192),
                InstrumentId = id,
                Failure = failure,
                History = [.. Enumerable.Repeat(new HistoryEntry(id, word, At, failure), 20)],
                Revocations = [.. Enumerable.Repeat(new Revocation(id, word, At, failure), 20)],
            },
            Open = [.. Enumerable.Repeat(attempt, Agreement.MaxOpen)],
            OpenRefunds = [.. Enumerable.Repeat(refund, Agreement.MaxOpen)],
        };

        Assert.Equal(Text(agreement), Text(AgreementRow.Read(Kept(AgreementRow.From(agreement)))));
    }

    [Fact]
    public void What_no_row_can_hold_is_refused_with_its_column_and_never_written_in_part()
    {
        var tooLong = Assert.Throws<InvalidOperationException>(() =>
            AttemptRow.From(Id, Failed(new string('x', 1_000_000)))
        );
        var tooBig = Assert.Throws<InvalidOperationException>(() =>
            AttemptRow.From(Id, Failed("x"), new byte[1_000_000])
        );

        Assert.Contains("Attempt", tooLong.Message, StringComparison.Ordinal);
        Assert.Contains("Body", tooBig.Message, StringComparison.Ordinal);
    }

    /// <summary>The row as schema 1 had it: one column, and no count of parts.</summary>
    private static TableEntity Older(TableEntity row, string column)
    {
        row["Schema"] = 1;
        row[column] = row.GetString($"{column}0");
        row.Remove($"{column}0");
        row.Remove($"{column}Parts");
        return row;
    }

    private static TableEntity Kept(TableEntity row)
    {
        TableLimits.Check([new RowWrite.Insert(row)]);
        return row;
    }

    private static Task MergeAsync(MemoryTables tables, TableEntity row) =>
        tables.CommitAsync(StoreNames.Agreements, [new RowWrite.Merge(row)], default);

    private static string Text<T>(T value) => JsonSerializer.Serialize(value);

    private static Attempt Failed(string message) =>
        new()
        {
            Key = "20260131-1",
            Amount = new(9_900, "KRW"),
            Reference = "r",
            IdempotencyKey = "k",
            CreatedAt = At,
            State = AttemptState.Declined,
            Failure = new("T", "C", message, null),
        };

    private static Refund ARefund() =>
        new()
        {
            Id = "refund",
            ChargeKey = "20260131-1",
            ChargeProviderId = "charge_1",
            Amount = new(100, "KRW"),
            Reference = "r",
            IdempotencyKey = "k",
            CreatedAt = At,
            State = RefundState.Pending,
        };

    private static Agreement Begun() =>
        Agreement
            .Begin(
                Id,
                new()
                {
                    PaymentMethod = "KAKAOPAY",
                    ConsumerName = "김카카오",
                    ConsumerCountry = "KR",
                },
                new("k", "h", default),
                At
            )
            .Agreement;
}
