using Billing;

namespace Unit.Tests.BillingTests;

public sealed class CreateHindranceTests
{
    public static TheoryData<string, Agreement, CreateHindrance> Settled() =>
        new()
        {
            { "answered", A.Agreement(), CreateHindrance.Settled },
            { "refused", Create(it => it with { State = CreateState.Refused }), CreateHindrance.Settled },
            { "known from an event", A.Begun() with { Provider = new() { Id = "agr_1" } }, CreateHindrance.Settled },
            { "closed", A.Begun().Close(A.Deadline).Agreement, CreateHindrance.Closed },
            { "closed, unsent", Unsent().Close(A.Deadline).Agreement, CreateHindrance.Closed },
        };

    [Theory]
    [MemberData(nameof(Settled))]
    public void A_create_that_needs_no_send_gets_none(string what, Agreement agreement, CreateHindrance hindrance)
    {
        var now = A.Morning.AddMinutes(70);

        Assert.True(agreement.WhyCreateMayNotBeSent(now) == hindrance, what);
        Assert.Same(agreement, agreement.ReclaimCreate(now).Agreement);
        Assert.Null(agreement.ReclaimCreate(now).Claim);
    }

    private static Agreement Unsent() => Create(it => it with { State = CreateState.Unsent, Sends = 0 });

    private static Agreement Create(Func<CreateRequest, CreateRequest> change) =>
        A.Begun() with
        {
            Create = change(A.Begun().Create),
        };
}
