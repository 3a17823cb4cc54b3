using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>A charge that travels with its agreement: its clocks start when the consumer has approved.</summary>
public sealed class FirstChargesTests
{
    private static readonly DateTimeOffset Evening = A.Seoul("2026-01-15T23:50");
    private static readonly DateTimeOffset AfterMidnight = A.Seoul("2026-01-16T00:10");

    private static readonly Change Begun = Agreement.Begin(
        A.Id,
        A.Terms() with
        {
            InitialCharge = new(A.Price, null),
        },
        A.CreateIntent(),
        Evening
    );

    private static readonly Agreement Active = Begun
        .Agreement.Read(A.Says(AgreementStatus.Active), AfterMidnight)
        .Agreement;

    [Fact]
    public void The_create_that_carries_it_may_be_sent() =>
        Assert.Equal(("create", 1, Evening), (Begun.Claim!.Key, Begun.Claim.Sends, Begun.Claim.At));

    [Fact]
    public void It_is_read_back_three_minutes_after_the_approval() =>
        Assert.Equal(AfterMidnight.AddMinutes(3), Active.Open[0].NextLookAt);

    [Fact]
    public void Its_retries_are_counted_from_the_approval()
    {
        var declined = Active.Hear(Active.Open[0], A.Declined(), A.Rules, AfterMidnight.AddMinutes(3)).Agreement;

        Assert.Equal(A.Day("2026-01-16"), declined.Plan.FirstTriedOn);
        Assert.Equal(ChargingWindow.OpeningOn(A.Day("2026-01-17"), A.Id, A.Rules), declined.Plan.Dunning!.RetryAt);
    }
}
