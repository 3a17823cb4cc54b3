using System.Security.Cryptography;

namespace Billing;

/// <summary>
/// Our name of an agreement: 26 characters of <c>[a-z0-9]</c> without a meaning for callers. It is the partition key
/// of everything about the agreement, and PPRO hears it as <c>merchantPaymentAgreementReference</c>.
/// </summary>
public sealed record AgreementId
{
    /// <summary>Of every one, whoever made it.</summary>
    public const int Length = 26;

    private AgreementId(string value) => Value = value;

    public string Value { get; }

    /// <summary>
    /// The id that a caller's <c>Idempotency-Key</c> stands for: the same key always means the same agreement, so
    /// that inserting the row is the idempotency check.
    /// </summary>
    public static AgreementId FromKey(string idempotencyKey) =>
        new(ShortHash.Of("create-agreement\n" + idempotencyKey));

    public static AgreementId Random() => new(ShortHash.Encode(RandomNumberGenerator.GetBytes(ShortHash.Bytes)));

    public static bool TryParse(string? text, out AgreementId id)
    {
        var isId = text is { Length: Length } && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c));
        id = new(isId ? text! : string.Empty);
        return isId;
    }

    public static AgreementId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("Not an agreement id.");

    public override string ToString() => Value;
}
