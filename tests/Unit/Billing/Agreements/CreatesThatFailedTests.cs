using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>What stays known of a create that did not leave or was refused, and of the first charge in it.</summary>
public sealed class CreatesThatFailedTests
{
    private static readonly DateTimeOffset Later = A.Morning.AddSeconds(5);
    private static readonly DateTimeOffset Again = A.Morning.AddMinutes(4);

    [Fact]
    public void A_create_that_did_not_leave_may_be_sent_at_once_and_says_why()
    {
        var begun = A.Begun();

        var after = begun.CreateNotSent(A.CreateClaim(begun), "the host stopped").Agreement;

        Assert.Equal(
            begun.Create with
            {
                State = CreateState.Unsent,
                Sends = 0,
                IsUnderway = false,
                Why = "not sent: the host stopped",
            },
            after.Create
        );
        Assert.Null(after.WhyCreateMayNotBeSent(A.Morning));
    }

    [Fact]
    public void A_repeat_that_did_not_leave_says_nothing_of_the_send_before_it()
    {
        var again = A.Begun().ReclaimCreate(Again).Agreement;

        var after = again.CreateNotSent(A.CreateClaim(again), "the host stopped").Agreement;

        Assert.Equal(again.Create with { IsUnderway = false }, after.Create);
        Assert.Equal((CreateState.InDoubt, 2), (after.Create.State, after.Create.Sends));
        Assert.Null(after.WhyCreateMayNotBeSent(Again));
    }

    [Fact]
    public void One_that_a_repeat_has_overtaken_changes_nothing()
    {
        var again = A.Begun().ReclaimCreate(Again).Agreement;

        Assert.Same(again, again.CreateNotSent(A.CreateClaim(A.Begun()), "the host stopped").Agreement);
    }

    [Theory]
    [InlineData(RefusalKind.Request, "no such method", CreateState.Refused, "HTTP 422: no such method")]
    [InlineData(RefusalKind.Request, null, CreateState.Refused, "HTTP 422")]
    [InlineData(RefusalKind.Credentials, "who are you", CreateState.Unsent, "HTTP 422: who are you")]
    [InlineData(RefusalKind.RateLimited, null, CreateState.Unsent, "HTTP 422")]
    public void A_refused_create_is_not_underway_and_says_what_PPRO_said(
        RefusalKind kind,
        string? message,
        CreateState state,
        string why
    )
    {
        var begun = A.Begun();

        var after = begun.SettleCreate(Refused(kind, message), A.CreateClaim(begun), Later).Agreement;

        Assert.Equal((state, false, why), (after.Create.State, after.Create.IsUnderway, after.Create.Why));
        Assert.Equal(state is CreateState.Refused ? why : null, after.Ending?.Reason);
    }

    [Fact]
    public void A_refused_repeat_says_what_PPRO_said_and_stays_in_doubt()
    {
        var again = A.Begun().ReclaimCreate(Again).Agreement;

        var after = again.SettleCreate(Refused(RefusalKind.Request, "no"), A.CreateClaim(again), Again).Agreement;

        Assert.Equal(again.Create with { IsUnderway = false, Why = "HTTP 422: no" }, after.Create);
        Assert.Null(after.Ending);
    }

    [Theory]
    [InlineData("2026-02-01T00:00", true, "2026-02-01", "2026-03-01")]
    [InlineData("2026-02-01T00:00", false, "2026-02-01", "2026-02-02")]
    [InlineData(null, true, "2026-01-15", "2026-02-15")]
    [InlineData(null, false, "2026-01-15", "2026-01-16")]
    public void A_first_charge_is_for_what_begins_with_the_start(string? start, bool isMonthly, string from, string to)
    {
        var terms = A.Terms() with
        {
            StartDate = start is null ? null : A.Seoul(start),
            Frequency = isMonthly ? A.Terms().Frequency : null,
            InitialCharge = new(A.Price, null),
        };

        var period = Assert.Single(A.Begun(terms).Open).Period;

        Assert.Equal(new BillingPeriod(0, A.Day(from), A.Day(to)), period);
    }

    private static Answer<AgreementReading> Refused(RefusalKind kind, string? message) =>
        new Answer<AgreementReading>.Refused(new(kind, 422, message));
}
