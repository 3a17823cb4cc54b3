using Billing;

namespace Unit.Tests.BillingTests;

public sealed class FailureTableTests
{
    [Theory]
    [InlineData("GENERIC_DECLINE")]
    [InlineData("PAYMENT_METHOD_TIMEOUT")]
    [InlineData("INSUFFICIENT_FUNDS")]
    [InlineData("IS_EXCEEDING_ACCOUNT_LIMIT")]
    [InlineData("UNRESPONSIVE_PROVIDER")]
    [InlineData("INTERNAL_PROCESSING_ERROR")]
    public void What_may_work_later_is_soft(string code) => Assert.Equal(DeclineKind.Soft, KindOf(code, null));

    [Theory]
    [InlineData("IS_STOLEN_CARD")]
    [InlineData("DUPLICATE_DETECTED")]
    [InlineData("BLOCKED_BY_RISK")]
    [InlineData("SUS_FRAUD")]
    [InlineData("SOMETHING_NEW")]
    [InlineData("insufficient_funds")]
    [InlineData("")]
    [InlineData(null)]
    public void Everything_else_is_hard(string? code) => Assert.Equal(DeclineKind.Hard, KindOf(code, null));

    [Theory]
    [InlineData("INSUFFICIENT_FUNDS")]
    [InlineData("SOMETHING_NEW")]
    [InlineData(null)]
    public void PPROs_word_that_it_is_not_retryable_wins(string? code) =>
        Assert.Equal(DeclineKind.Hard, KindOf(code, false));

    [Theory]
    [InlineData("IS_STOLEN_CARD")]
    [InlineData("SOMETHING_NEW")]
    [InlineData(null)]
    public void PPROs_word_that_it_is_retryable_wins(string? code) =>
        Assert.Equal(DeclineKind.Soft, KindOf(code, true));

    [Theory]
    [InlineData("DUPLICATE_DETECTED")]
    [InlineData("BLOCKED_ACCOUNT")]
    [InlineData("BLOCKED_IP")]
    [InlineData("HIGH_ACCOUNT_VELOCITY")]
    [InlineData("HIGH_IP_VELOCITY")]
    [InlineData("SUS_FRAUD")]
    public void Risk_and_duplicates_are_never_tried_again_whatever_PPRO_says(string code) =>
        Assert.Equal(DeclineKind.Hard, KindOf(code, true));

    [Theory]
    [InlineData("AGREEMENT_REVOKED", null)]
    [InlineData("AGREEMENT_REVOKED", true)]
    [InlineData("AGREEMENT_INACTIVE", false)]
    public void A_decline_because_of_the_agreement_is_about_the_agreement(string code, bool? isRetryable) =>
        Assert.Equal(DeclineKind.Agreement, KindOf(code, isRetryable));

    [Fact]
    public void A_decline_without_a_failure_is_hard() => Assert.Equal(DeclineKind.Hard, FailureTable.KindOf(null));

    private static DeclineKind KindOf(string? code, bool? isRetryable) =>
        FailureTable.KindOf(new("T", code, null, isRetryable));
}
