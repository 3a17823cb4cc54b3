using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PproSimulator;

/// <summary>What PPRO refuses of an agreement: shape by HTTP status, business by a FAILED agreement.</summary>
internal static partial class AgreementChecks
{
    public static (int Status, string Message)? Shape(JsonObject body, BooksSettings settings)
    {
        if (body.Text("paymentMethod") is not { } method || !PaymentMethod().IsMatch(method))
        {
            return (400, "paymentMethod is missing or badly formed");
        }

        if (body["consumer"] is not JsonObject consumer || consumer.Text("country") is null)
        {
            return (400, "consumer.country is missing");
        }

        if (method is KakaoPayLimits.Method && string.IsNullOrWhiteSpace(consumer.Text("name")))
        {
            return (400, "consumer.name is missing");
        }

        if (body["initialPaymentCharge"] is JsonObject initial && initial.Amount("amount") is null)
        {
            return (400, "initialPaymentCharge.amount is missing");
        }

        return WebhooksUrl(body, settings)
            ?? WebhooksUrl(body["initialPaymentCharge"] as JsonObject, settings)
            ?? Positive(body);
    }

    public static (int Status, string Message)? WebhooksUrl(JsonObject? body, BooksSettings settings)
    {
        if (body?["webhooksUrl"] is null)
        {
            return null;
        }

        var url = body.Text("webhooksUrl") ?? string.Empty;
        var isUrl = Uri.TryCreate(url, UriKind.Absolute, out var parsed);
        var isLocal = settings.AllowHttpLoopbackWebhooks && isUrl && parsed is { IsLoopback: true, Scheme: "http" };
        return isUrl && (isLocal || HttpsUrl().IsMatch(url)) ? null : (400, "webhooksUrl must match the https pattern");
    }

    public static SimFailure? Business(JsonObject body)
    {
        if (body.Text("paymentMethod") is not KakaoPayLimits.Method)
        {
            return Decline("INVALID_PAYMENT_METHOD", "Unknown payment method");
        }

        if (body["consumer"].Text("country") is not KakaoPayLimits.Country)
        {
            return Decline("COUNTRY_NOT_SUPPORTED", "Country not supported");
        }

        return Amount(body.Amount("amount")) ?? Amount(body["initialPaymentCharge"].Amount("amount"));
    }

    /// <summary>The method's currency and limits (docs/ppro.md, KakaoPay's limits).</summary>
    public static SimFailure? Amount(Amount? amount) =>
        amount switch
        {
            null => null,
            { Currency: not KakaoPayLimits.Currency } => Decline("INVALID_CURRENCY", "Currency not supported"),
            { Value: < KakaoPayLimits.MinAmount or > KakaoPayLimits.MaxAmount } => Decline(
                "AMOUNT_NOT_SUPPORTED",
                "Amount outside the method's limits"
            ),
            _ => null,
        };

    /// <summary>How amountType binds later charges; without one they are free.</summary>
    public static SimFailure? AmountType(JsonObject agreement, Amount charge)
    {
        var agreed = agreement.Amount("amount")?.Value;
        var isAllowed = agreement.Text("amountType") switch
        {
            "MAX" => agreed is null || charge.Value <= agreed,
            "EXACT" => agreed is null || charge.Value == agreed,
            _ => true,
        };
        return isAllowed ? null : Decline("AMOUNT_NOT_SUPPORTED", "The agreement does not allow this amount");
    }

    public static SimFailure Decline(string code, string message) => new("INTERNAL_DECLINE", code, message, false);

    private static (int Status, string Message)? Positive(JsonObject body) =>
        body.Amount("amount")?.Value <= 0 || body["initialPaymentCharge"].Amount("amount")?.Value <= 0
            ? (422, "amount.value must be greater than 0")
            : null;

    [GeneratedRegex("^[A-Z0-9_]+$")]
    private static partial Regex PaymentMethod();

    [GeneratedRegex("^(https)://[-a-zA-Z0-9+&@#/%?=~_|!:,.;]*[-a-zA-Z0-9+&@#/%=~_|]$")]
    private static partial Regex HttpsUrl();
}
