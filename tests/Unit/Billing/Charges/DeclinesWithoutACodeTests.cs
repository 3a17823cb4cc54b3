using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>A decline may be read before its event tells why.</summary>
public sealed class DeclinesWithoutACodeTests
{
    private static readonly DateTimeOffset Later = A.Morning.AddMinutes(2);
    private static readonly ChargeReading Bare = A.Declined() with { Failure = null };

    [Fact]
    public void It_is_read_once_more_and_then_counts()
    {
        var first = A.Charging().Hear(A.Charging().Open[0], Bare, A.Rules, Later);
        var second = first.Agreement.Hear(first.Moved(), Bare, A.Rules, Later.AddMinutes(10));

        Assert.Equal((AttemptState.Pending, Later.AddMinutes(10)), (first.Moved().State, first.Moved().RecheckAt));
        Assert.Equal("FAILED, without a code", first.Moved().History[^1].What);
        Assert.Equal((AttemptState.Declined, true), (second.Moved().State, second.Agreement.Plan.IsPastDue));
    }

    [Theory]
    [InlineData(PproEventKind.ChargeAuthorizationFailed)]
    [InlineData(PproEventKind.ChargeCaptureFailed)]
    public void The_code_of_an_event_that_comes_in_between_is_what_counts(PproEventKind kind)
    {
        var first = A.Charging().Hear(A.Charging().Open[0], Bare, A.Rules, Later);
        var happened = A.ChargeEvent(kind) with { Failure = new("T", "INSUFFICIENT_FUNDS", null, null) };

        var told = first.Agreement.Apply(happened, first.Moved(), Later.AddMinutes(1));
        var second = told.Agreement.Hear(told.Moved(), Bare, A.Rules, Later.AddMinutes(10));

        Assert.Equal("INSUFFICIENT_FUNDS", second.Moved().Failure?.Code);
        Assert.NotNull(second.Agreement.Plan.Dunning);
    }
}
