namespace Billing;

/// <summary>
/// What a payment method allows, as data (docs/ppro.md, KakaoPay's limits). Another method is another entry; the flow
/// follows the kind of authentication, not the name.
/// </summary>
public sealed record MethodRules(
    string PaymentMethod,
    string Country,
    string Currency,
    long MinMinorUnits,
    long MaxMinorUnits,
    string AuthenticationType,
    bool HasSeparateCaptures,
    int RefundDays
)
{
    public static MethodRules KakaoPay { get; } =
        new("KAKAOPAY", "KR", "KRW", 50, 2_000_000, "REDIRECT", HasSeparateCaptures: false, RefundDays: 365);

    public static MethodRules? Find(string? paymentMethod) => paymentMethod == KakaoPay.PaymentMethod ? KakaoPay : null;

    /// <summary>Of this method; what we do not know is treated as the one that we do.</summary>
    public static MethodRules Of(string? paymentMethod) => Find(paymentMethod) ?? KakaoPay;

    public bool Allows(long minorUnits) => minorUnits >= MinMinorUnits && minorUnits <= MaxMinorUnits;
}
