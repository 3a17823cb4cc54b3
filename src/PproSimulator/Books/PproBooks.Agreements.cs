using System.Globalization;
using System.Text.Json.Nodes;

namespace PproSimulator;

/// <summary>The life of an agreement.</summary>
public sealed partial class PproBooks
{
    private BooksAnswer CreateAgreement(JsonObject body)
    {
        if (AgreementChecks.Shape(body, settings) is { } wrong)
        {
            return Errors.Of(wrong.Status, wrong.Message, Now);
        }

        var failure = AgreementChecks.Business(body);
        if (failure is not null && settings.RefusalsAs400)
        {
            return Errors.Of(400, failure.Message, Now);
        }

        var agreement = new SimAgreement
        {
            Id = ids.New("agr_"),
            Request = body,
            InstrumentId = ids.New("instr_"),
            Token = ids.NewToken(),
            CreatedAt = Now,
            UpdatedAt = Now,
            StartDate = DateTimeOffset.TryParse(body.Text("startDate"), CultureInfo.InvariantCulture, out var start)
                ? start
                : Now,
        };
        agreements[agreement.Id] = agreement;
        agreement.Earlier.Add((Now, null));
        PublishAgreement(agreement, "PAYMENT_AGREEMENT_CREATED", Created(agreement));
        if (failure is not null)
        {
            Fail(agreement, failure);
        }
        else
        {
            Move(agreement, "AUTHENTICATION_PENDING", null);
            var methods = new JsonObject { ["authenticationMethods"] = AgreementJson.Methods(agreement, PublicUrl) };
            PublishAgreement(agreement, "PAYMENT_AGREEMENT_AUTHENTICATION_PENDING", methods);
            At(Now + settings.ApprovalTimeout, () => Expire(agreement));
        }

        return new(200, AgreementJson.Of(agreement, PublicUrl));
    }

    private BooksAnswer ReadAgreement(string id) =>
        agreements.TryGetValue(id, out var agreement) && Shown(agreement) is { } shown
            ? new(200, shown)
            : Errors.Of(404, "Payment agreement not found", Now);

    /// <summary>As a read shows it; null when it lags so far behind that there was none.</summary>
    private JsonObject? Shown(SimAgreement agreement)
    {
        var at = Now - lag;
        var earlier = agreement.Earlier.FindIndex(it => at < it.Until);
        return earlier < 0
            ? AgreementJson.Of(agreement, PublicUrl)
            : (JsonObject?)agreement.Earlier[earlier].Shown?.DeepClone();
    }

    /// <summary>Before anything changes: what a read that lags behind will still show.</summary>
    private void KeepEarlier(SimAgreement agreement) =>
        agreement.Earlier.Add((Now, AgreementJson.Of(agreement, PublicUrl)));

    /// <summary>
    /// By the merchant. Only an active agreement can be revoked here; what PPRO does to others is not known.
    /// </summary>
    private BooksAnswer Revoke(string id)
    {
        if (!agreements.TryGetValue(id, out var agreement))
        {
            return Errors.Of(404, "Payment agreement not found", Now);
        }

        if (agreement.Status is "ACTIVE" && Oddities.Take(Oddity.OfRevocations) is { } oddity)
        {
            return FailRevocation(agreement, new("PROVIDER_ERROR", "UNRESPONSIVE_PROVIDER", oddity.Message, true));
        }

        if (agreement.Status is "ACTIVE")
        {
            End(agreement, "REVOKED_BY_MERCHANT");
            return new(200, new JsonObject { ["status"] = "REVOKED" });
        }

        var code = agreement.Status.StartsWith("REVOKED", StringComparison.Ordinal)
            ? "AGREEMENT_REVOKED"
            : "AGREEMENT_INACTIVE";
        var failure = new SimFailure("INTERNAL_DECLINE", code, "The agreement cannot be revoked", false);
        return new(200, new JsonObject { ["status"] = "FAILED", ["failure"] = failure.ToJson(inWebhook: false) });
    }

    /// <summary>The agreement stays active, and the try is remembered among its revocations.</summary>
    private BooksAnswer FailRevocation(SimAgreement agreement, SimFailure failure)
    {
        KeepEarlier(agreement);
        agreement.UpdatedAt = Now;
        var entry = Revocation("REVOCATION_FAILED");
        entry["failure"] = failure.ToJson(inWebhook: false);
        agreement.Revocations.Add(entry);
        return new(200, new JsonObject { ["status"] = "FAILED", ["failure"] = failure.ToJson(inWebhook: false) });
    }

    private JsonObject Revocation(string status) =>
        new()
        {
            ["id"] = ids.New("rev_"),
            ["revocationStatus"] = status,
            ["createdAt"] = JsonText.Instant(Now),
        };

    private void Fail(SimAgreement agreement, SimFailure failure)
    {
        agreement.Failure = failure;
        Move(agreement, "FAILED", failure);
        PublishAgreement(
            agreement,
            "PAYMENT_AGREEMENT_FAILED",
            new() { ["failure"] = failure.ToJson(inWebhook: true) }
        );
    }

    private void Expire(SimAgreement agreement)
    {
        if (agreement.Status is "AUTHENTICATION_PENDING")
        {
            Fail(
                agreement,
                new("INTERNAL_DECLINE", "PAYMENT_METHOD_TIMEOUT", "The consumer did not finish in time", false)
            );
        }
    }

    private void End(SimAgreement agreement, string status)
    {
        Move(agreement, status, null);
        agreement.Revocations.Add(Revocation(status));
        PublishAgreement(agreement, "PAYMENT_AGREEMENT_" + status, []);
    }

    private void Move(SimAgreement agreement, string status, SimFailure? failure)
    {
        KeepEarlier(agreement);
        (agreement.Status, agreement.UpdatedAt) = (status, Now);
        agreement.ActiveSince = status is "ACTIVE" ? Now : agreement.ActiveSince;
        var entry = new JsonObject { ["id"] = ids.New("ahist_"), ["status"] = status };
        if (failure is not null)
        {
            entry["failure"] = failure.ToJson(inWebhook: false);
        }

        entry["createdAt"] = JsonText.Instant(Now);
        agreement.History.Add(entry);
    }

    private static JsonObject Created(SimAgreement agreement)
    {
        var data = new JsonObject { ["startDate"] = JsonText.Instant(agreement.StartDate) };
        foreach (var name in (string[])["description", "endDate", "frequency", "amount", "amountType", "consumer"])
        {
            if (agreement.Request[name] is { } value)
            {
                data[name] = value.DeepClone();
            }
        }

        return data;
    }

    private void PublishAgreement(SimAgreement agreement, string type, JsonObject extra)
    {
        var data = new JsonObject
        {
            ["paymentAgreementId"] = agreement.Id,
            ["paymentAgreementStatus"] = agreement.Status,
            ["paymentMethod"] = agreement.PaymentMethod,
            ["type"] = type,
            ["merchantPaymentAgreementReference"] = agreement.Reference,
            ["merchantId"] = settings.MerchantId,
        };
        if (agreement.Reference is null)
        {
            data.Remove("merchantPaymentAgreementReference");
        }

        foreach (var (name, value) in extra)
        {
            data[name] = value?.DeepClone();
        }

        Publish(type, agreement.Id, agreement.WebhooksUrl, data);
    }
}
