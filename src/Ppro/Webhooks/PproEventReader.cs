using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Billing;

namespace Ppro;

/// <summary>
/// Reads a webhook's body: a CloudEvent whose ids are flat in <c>data</c>, or, by third parties' accounts only, nested
/// in <c>data.charge</c> and <c>data.agreement</c>.
/// </summary>
public static class PproEventReader
{
    /// <summary>False when it is not a JSON object with an id and a type, or names a member twice.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> body, [NotNullWhen(true)] out PproEvent? happened)
    {
        happened = null;
        try
        {
            using var document = JsonBytes.Parse(body);
            happened = Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }

        return happened is not null;
    }

    private static PproEvent? Read(JsonElement json)
    {
        var data = json.Find("data") ?? default;
        var type = json.Word("type") ?? data.Word("type");
        if (json.Id("id") is not { } id || type is null)
        {
            return null;
        }

        var subject = json.Id("subject");
        var redirect = AgreementWire.RedirectOf(data);
        var charge = data.Find("charge") ?? default;
        var agreement = data.Find("agreement") ?? default;
        var kind = PproEventType.Of(type).Kind;
        return new()
        {
            Id = id,
            Type = type,
            Kind = kind,
            UnknownWord = kind is PproEventKind.Unknown ? type : UnknownWords.FindIn(data),
            Time = json.Instant("time"),
            AgreementProviderId = data.Id("paymentAgreementId") ?? agreement.Id("id") ?? Subject(subject, "agr_"),
            AgreementReference = Either(data, agreement, "merchantPaymentAgreementReference"),
            ChargeProviderId = data.Id("paymentChargeId") ?? charge.Id("id") ?? Subject(subject, "charge_"),
            ChargeReference = Either(data, charge, "merchantPaymentChargeReference"),
            RequestUrl = redirect?.Url("requestUrl"),
            RequestMethod = redirect?.Word("requestMethod"),
            AmountMinorUnits = data.Find("amount")?.Integer("value"),
            AmountCurrency = data.Find("amount")?.Word("currency"),
            CaptureId = data.Id("captureId"),
            RefundProviderId = data.Id("refundId"),
            RefundReference = data.Reference("merchantRefundReference"),
            FundsOperationId = data.Id("paymentOperationId"),
            FundsState = data.Word("fundsState") ?? data.Word("fundsStatus"),
            Failure = FailureWire.Find(data) ?? FailureWire.Find(charge) ?? FailureWire.Find(agreement),
        };
    }

    private static string? Either(JsonElement flat, JsonElement nested, string name) =>
        flat.Reference(name) ?? nested.Reference(name);

    private static string? Subject(string? subject, string prefix) =>
        subject?.StartsWith(prefix, StringComparison.Ordinal) is true ? subject : null;
}
