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

    /// <summary>More are not kept: whoever closes these finds what is still so.</summary>
    internal const int Max = 10;

    private const int MaxReason = 400;

    internal static AgreementStop Of(string subject, string reason, DateTimeOffset at) =>
        new(subject, Texts.Cut(reason, MaxReason), at);

    internal bool IsSame(AgreementStop other) => Subject == other.Subject && Reason == other.Reason;
}
