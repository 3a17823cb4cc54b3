using System.Globalization;

namespace Billing;

/// <summary>
/// The references of refunds that are ours to give. A shop cannot give such a name to a refund of its own, so that none
/// of ours ever meets one of a shop's.
/// </summary>
public static class RefundNames
{
    private const string Mark = "-r-";

    /// <summary>For a refund that its caller did not name.</summary>
    public static string Of(AgreementId agreement, string chargeKey, string callersKey) =>
        Prefix(agreement, chargeKey) + ShortHash.Of(callersKey);

    /// <summary>For the first charge of an agreement that ended before it was active.</summary>
    public static string OfOwed(AgreementId agreement, string chargeKey) => Prefix(agreement, chargeKey) + "late";

    /// <summary>For a refund that PPRO wants later: the next number of it.</summary>
    public static string OfNext(AgreementId agreement, Refund refund) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Prefix(agreement, refund.ChargeKey)}{refund.FirstId ?? refund.Id}-{refund.Number + 1}"
        );

    /// <summary>True for a name of this form, whoever gave it.</summary>
    public static bool IsOurs(string? reference) =>
        reference?.IndexOf(Mark, StringComparison.Ordinal) is > 0 and var end
        && ChargeKeys.ParseReference(reference[..end]) is not null;

    private static string Prefix(AgreementId agreement, string chargeKey) =>
        ChargeKeys.Reference(agreement, chargeKey) + Mark;
}
