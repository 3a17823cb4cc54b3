using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>When one that is in doubt may leave again, and how much of its story is kept.</summary>
public sealed class SendsAndEntriesTests
{
    [Theory]
    [InlineData(-1, false)] // this clock runs behind the one that sent it first
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void Nothing_is_sent_again_before_it_was_sent_first(int ticks, bool maySend)
    {
        var attempt = A.Charging().Open[0] with { FirstSentAt = A.Morning, LastClaimedAt = A.Morning.AddMinutes(-4) };

        Assert.Equal(maySend, attempt.MayBeSent(A.Morning.AddTicks(ticks)));
    }

    [Fact]
    public void Of_everything_that_happened_to_it_the_last_twelve_entries_are_kept()
    {
        var agreement = A.Charging();
        foreach (var number in Enumerable.Range(1, 30))
        {
            var pending = A.Pending() with { StatusWord = $"WORD_{number}" };
            agreement = agreement.Hear(agreement.Open[0], pending, A.Rules, A.Morning).Agreement;
        }

        Assert.Equal(
            Enumerable.Range(19, 12).Select(number => $"WORD_{number}"),
            agreement.Open[0].History.Select(entry => entry.What)
        );
    }
}
