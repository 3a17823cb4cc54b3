using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>What the row of a charge says to an operator after a send, or after a look for it.</summary>
public sealed class SendsWrittenDownTests
{
    private const string Key = "20260115-1";
    private static readonly DateTimeOffset Later = A.Morning.AddMinutes(10);

    [Theory]
    [InlineData(RefusalKind.Request, 1, "HTTP 400")]
    [InlineData(RefusalKind.Credentials, 1, "HTTP 400")]
    [InlineData(RefusalKind.RateLimited, 1, "HTTP 400")]
    [InlineData(RefusalKind.Request, 2, "HTTP 400 to a resend")]
    [InlineData(RefusalKind.RateLimited, 2, "HTTP 400 to a resend")]
    public void A_refusal_is_written_down_and_whether_it_was_of_a_resend(RefusalKind kind, int sends, string word) =>
        Assert.Equal(["intended", word], Words(Settle(A.Refused(kind), sends)));

    [Fact]
    public void A_refused_request_leaves_PPROs_own_text_as_the_failure()
    {
        var refusal = new Refusal(RefusalKind.Request, 422, "amount too small");

        Assert.Equal(
            new Failure("REQUEST_REFUSED", "HTTP 422", "amount too small", IsRetryable: false),
            Settle(new Answer<ChargeReading>.Refused(refusal), 1).Moved().Failure
        );
    }

    [Fact]
    public void An_only_send_that_did_not_leave_waits_a_quarter_of_an_hour_and_says_why()
    {
        var unsent = A.Charging().NotSent(A.ClaimOf(A.Charging().Open[0]), "charging is stopped", Later);

        Assert.Equal(["intended", "not sent: charging is stopped"], Words(unsent));
        Assert.Equal(Later.AddMinutes(15), unsent.Moved().RecheckAt);
    }

    [Theory]
    [InlineData(0, "looked for")]
    [InlineData(73, "never happened")]
    public void An_attempt_that_is_not_found_was_looked_for_and_in_the_end_it_never_happened(int hours, string word)
    {
        var heard = A.Open(A.Charging().Open[0] with { RecheckAt = A.Morning });
        var now = Later.AddHours(hours);

        var unfound = heard.NotFound(Key, maySend: false, A.Rules, now);

        Assert.Equal(["intended", word], Words(unfound));
        Assert.Equal(now, unfound.Moved().LastLookAt);
        Assert.Equal(hours is 0 ? 1 : 0, unfound.Agreement.Open.Length);
    }

    [Fact]
    public void A_look_to_which_PPRO_said_nothing_is_written_down_too()
    {
        var looked = A.Open(A.Charging().Open[0] with { RecheckAt = A.Morning }).Looked(Key, Later);

        Assert.Equal(["intended", "looked for"], Words(looked));
        Assert.Equal((Later, null), (looked.Moved().LastLookAt, looked.Moved().RecheckAt));
    }

    private static Change Settle(Answer<ChargeReading> answer, int sends)
    {
        var attempt = A.Charging().Open[0] with { Sends = sends };
        return A.Open(attempt).Settle(attempt, answer, A.ClaimOf(attempt, sends), A.Rules, Later);
    }

    private static IEnumerable<string> Words(Change change) => change.Moved().History.Select(it => it.What);
}
