namespace Billing;

/// <summary>
/// Something that a person has to look at: the agreement's charging is stopped by it until someone has. Each is listed,
/// and closed, by itself.
/// </summary>
/// <param name="Subject">What it is about: a charge's key, a refund's id, or <c>agreement</c>.</param>
/// <param name="Reason">What is wrong, in words.</param>
/// <param name="At">Since when it is known.</param>
public sealed record AgreementStop(string Subject, string Reason, DateTimeOffset At)
{
    public const string OfAgreement = "agreement";

    /// <summary>What PPRO shows of a charge may be ours, or somebody else's.</summary>
    public const string Unclear = "a charge under its reference does not say whose it is";

    /// <summary>There were more than are kept.</summary>
    internal const string More = "more reasons than are kept: compare it with PPRO";

    /// <summary>More are not kept one by one: one more says that there were.</summary>
    internal const int Max = 10;

    private const int MaxReason = 400;

    internal static AgreementStop Of(string subject, string reason, DateTimeOffset at) =>
        new(subject, Texts.Cut(reason, MaxReason), at);

    internal bool IsSame(AgreementStop other) => Subject == other.Subject && Reason == other.Reason;
}
