using System.Collections.Immutable;
using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>Every list of an agreement has a cap and a rule what is kept.</summary>
public sealed class BoundedTests
{
    private static readonly DateTimeOffset Later = A.Morning.AddDays(1);

    [Fact]
    public void Of_many_failed_revocations_the_newest_are_kept()
    {
        var revocations = Enumerable.Range(0, 500).Select(number => new Revocation($"rev_{number}", "FAILED", Later));

        var read = A.Agreement().Read(A.Says(null) with { Revocations = [.. revocations] }, Later).Agreement;

        Assert.Equal(20, read.Provider.Revocations.Length);
        Assert.Equal("rev_499", read.Provider.Revocations[^1].Id);
        var shorter = read.Read(A.Says(null) with { Revocations = [read.Provider.Revocations[0]] }, Later).Agreement;
        Assert.Equal(20, shorter.Provider.Revocations.Length);
    }

    [Fact]
    public void Of_a_long_history_too()
    {
        var history = Enumerable.Range(0, 500).Select(number => new HistoryEntry($"h_{number}", "ACTIVE", Later));

        var read = A.Agreement().Read(A.Says(null) with { History = [.. history] }, Later).Agreement;

        Assert.Equal((20, "h_499"), (read.Provider.History.Length, read.Provider.History[^1].Id));
    }

    [Fact]
    public void Of_an_attempts_entries_the_newest_are_kept_and_each_is_short()
    {
        var agreement = A.Charging();
        for (var look = 0; look < 200; look++)
        {
            agreement = agreement
                .Settle(
                    agreement.Open[0],
                    new Answer<ChargeReading>.InDoubt(new string('x', 3_000) + look),
                    A.ClaimOf(agreement.Open[0]),
                    A.Rules,
                    Later
                )
                .Agreement;
        }

        var history = agreement.Open[0].History;
        Assert.InRange(history.Length, 2, 50);
        Assert.All(history, entry => Assert.InRange(entry.What.Length, 1, 120));
    }

    [Fact]
    public void Of_very_many_operations_with_news_of_money_the_capture_and_the_newest_are_kept()
    {
        ImmutableArray<FundsNews> news = [];
        news = FundsNews.Merge(news, new("capture_1", "CAPTURE_FUNDS_RECEIVED", A.Morning));
        for (var number = 0; number < 100; number++)
        {
            news = FundsNews.Merge(news, new($"refund_{number}", "REFUND_FUNDS_SENT", Later.AddMinutes(number)));
        }

        Assert.Equal(20, news.Length);
        Assert.Contains(news, it => it.OperationId is "capture_1");
        Assert.Contains(news, it => it.OperationId is "refund_99");
        Assert.DoesNotContain(news, it => it.OperationId is "refund_0");
    }

    [Theory]
    [InlineData("short", 10, "short")]
    [InlineData("0123456789abc", 10, "0123456789")]
    [InlineData("012345678😀", 10, "012345678")] // no half of a character
    [InlineData("01234567😀x", 10, "01234567😀")]
    public void A_text_is_cut_between_characters(string text, int most, string cut) =>
        Assert.Equal(cut, Texts.Cut(text, most));
}
