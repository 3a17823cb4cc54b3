using Billing;

namespace Unit.Tests.BillingTests;

public sealed class BillingStateTests
{
    private static readonly Dunning Dunning = new(A.Period(0), 2, A.Morning, A.Price);

    public static TheoryData<BillingState, Agreement> Table() =>
        new()
        {
            { BillingState.AwaitingApproval, A.Begun() },
            { BillingState.Unscheduled, A.Planned(plan => plan with { Schedule = null }) },
            { BillingState.Current, A.Agreement() },
            { BillingState.InDoubt, A.Charging() },
            { BillingState.Current, A.Open(A.Charging().Open[0] with { Period = null }) },
            { BillingState.Dunning, A.Planned(plan => plan with { Dunning = Dunning, IsPastDue = true }) },
            { BillingState.PastDue, A.Planned(plan => plan with { IsPastDue = true }) },
            { BillingState.Exception, A.Charging().Stopped() },
            { BillingState.Ended, A.Charging() with { Ending = new(A.Morning, EndedBy.Operator, null) } },
            { BillingState.Ended, A.Begun().Read(A.Says(AgreementStatus.Failed), A.Morning).Agreement },
        };

    [Theory]
    [MemberData(nameof(Table))]
    public void The_storefront_is_told(BillingState state, Agreement agreement) =>
        Assert.Equal(state, BillingStates.Of(agreement));
}
