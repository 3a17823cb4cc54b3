using Billing;
using Flows.Replies;

namespace Unit.Tests.JourneyTests;

/// <summary>Each hindrance of the rules has its row of what the caller is told.</summary>
public sealed class RefusalRows
{
    public static TheoryData<Enum> Hindrances =>
        [
            .. Enum.GetValues<CreateHindrance>().Cast<Enum>(),
            .. Enum.GetValues<ChargeHindrance>().Cast<Enum>(),
            .. Enum.GetValues<PeriodHindrance>().Cast<Enum>(),
        ];

    [Theory]
    [MemberData(nameof(Hindrances), DisableDiscoveryEnumeration = true)]
    public void Every_hindrance_is_told_as_a_problem_about_the_agreement(Enum hindrance)
    {
        var reply = Problems.Hindered(BillingTests.A.Agreement(), hindrance);

        Assert.InRange(reply.Status, 400, 502);
        Assert.Contains(BillingTests.A.Id.Value, System.Text.Encoding.UTF8.GetString(reply.Body.Span), default);
    }

    [Theory]
    [InlineData(PlanHindrance.Ended, 409)]
    [InlineData(PlanHindrance.Unscheduled, 409)]
    [InlineData(PlanHindrance.EndTooEarly, 422)]
    [InlineData(PlanHindrance.MoreAreCaptured, 422)]
    [InlineData(null, 409)]
    public void Every_hindrance_of_a_plan_is_told(PlanHindrance? hindrance, int status) =>
        Assert.Equal(status, Problems.PlanHindered(BillingTests.A.Agreement(), hindrance).Status);

    [Fact]
    public void Every_hindrance_of_a_refund_is_told() =>
        Assert.All(
            Enum.GetValues<RefundHindrance>(),
            it =>
                Assert.InRange(
                    Problems.RefundHindered(BillingTests.A.Agreement(), BillingTests.A.Charging().Open[0], it).Status,
                    409,
                    422
                )
        );

    [Fact]
    public void Not_yet_active_and_ended_are_told_apart()
    {
        var (begun, ended) = (BillingTests.A.Begun(), BillingTests.A.Agreement());
        ended = ended.Cancel(EndedBy.Storefront, null, BillingTests.A.Morning).Agreement;

        Assert.Equal(
            (ChargeHindrance.NotYetActive, ChargeHindrance.Ended),
            (
                begun.WhyNoSingleCharge(BillingTests.A.Rules, BillingTests.A.Morning),
                ended.WhyNoSingleCharge(BillingTests.A.Rules, BillingTests.A.Morning)
            )
        );
    }
}
