using System.Globalization;

namespace Billing;

/// <summary>The one place where the names of attempts are built and taken apart.</summary>
public static class ChargeKeys
{
    public static string Scheduled(BillingPeriod period, int attempt) =>
        string.Create(CultureInfo.InvariantCulture, $"{period.Name}-{attempt}");

    /// <summary>Single charges have a key space of their own, by what their caller named them.</summary>
    public static string SingleCharge(string callersName) => "s-" + ShortHash.Of(callersName);

    /// <summary>
    /// Our references say which agreement they belong to, so that an event finds it without a look-up.
    /// </summary>
    public static string Reference(AgreementId agreement, string key) => $"{agreement}-{key}";

    /// <summary>
    /// The agreement and attempt that one of our own references names; null for a shop's own reference.
    /// </summary>
    public static (AgreementId Agreement, string Key)? ParseReference(string? reference) =>
        reference is { Length: > AgreementId.Length + 1 }
        && reference[AgreementId.Length] is '-'
        && AgreementId.TryParse(reference[..AgreementId.Length], out var agreement)
        && IsKey(reference[(AgreementId.Length + 1)..])
            ? (agreement, reference[(AgreementId.Length + 1)..])
            : null;

    public static bool IsKey(string text) =>
        text.Split('-') switch
        {
            ["s", var hash] => ShortHash.IsOne(hash),
            [var day, var attempt] => day.Length is 8
                && day.All(char.IsAsciiDigit)
                && attempt.Length is > 0 and < 4
                && attempt.All(char.IsAsciiDigit),
            _ => false,
        };
}
