using System.Text.Json.Nodes;

namespace PproSimulator;

/// <summary>The life of a charge.</summary>
public sealed partial class PproBooks
{
    private BooksAnswer ChargeAgreement(string id, JsonObject body)
    {
        if (!agreements.TryGetValue(id, out var agreement))
        {
            return Errors.Of(404, "Payment agreement not found", Now);
        }

        if (body.Amount("amount") is not { } amount)
        {
            return Errors.Of(400, "amount is missing", Now);
        }

        if (amount.Value <= 0)
        {
            return Errors.Of(422, "amount.value must be greater than 0", Now);
        }

        if (AgreementChecks.WebhooksUrl(body, settings) is { } wrong)
        {
            return Errors.Of(wrong.Status, wrong.Message, Now);
        }

        var refusal = WhyNot(agreement, amount);
        return refusal is not null && settings.RefusalsAs400
            ? Errors.Of(400, refusal.Message, Now)
            : new(200, ChargeJson.OfAnswer(Begin(agreement, body, amount, refusal), Now));
    }

    private SimFailure? WhyNot(SimAgreement agreement, Amount amount) =>
        agreement.Status switch
        {
            "ACTIVE" when Now < agreement.ActiveSince + settings.InactiveFor => AgreementChecks.Decline(
                "AGREEMENT_INACTIVE",
                "The agreement is not active yet"
            ),
            "ACTIVE" => AgreementChecks.Amount(amount) ?? AgreementChecks.AmountType(agreement.Request, amount),
            var status when status.StartsWith("REVOKED", StringComparison.Ordinal) => AgreementChecks.Decline(
                "AGREEMENT_REVOKED",
                "The agreement is revoked"
            ),
            _ => AgreementChecks.Decline("AGREEMENT_INACTIVE", "The agreement is not active"),
        };

    /// <summary>The charge that a request makes; of two that it makes oddly, the first.</summary>
    private SimCharge Begin(SimAgreement agreement, JsonObject body, Amount amount, SimFailure? refusal)
    {
        var oddity = refusal is null ? Oddities.Take(Oddity.OfCharges) : null;
        if (oddity?.Kind.StartsWith("twin", StringComparison.Ordinal) is not true)
        {
            return Begin(agreement, body, amount, refusal, oddity);
        }

        var (first, second) = oddity.Kind switch
        {
            "twinFailedFirst" => (OddFailure, null),
            "twinFailedLast" => (null, OddFailure),
            _ => ((SimFailure?)null, (SimFailure?)null),
        };
        var made = Begin(agreement, body, amount, first, oddity);
        Begin(agreement, (JsonObject)body.DeepClone(), amount, second, oddity);
        return made;
    }

    private SimCharge Begin(SimAgreement agreement, JsonObject body, Amount amount, SimFailure? refusal, Oddity? oddity)
    {
        var charge = new SimCharge
        {
            Id = ids.New("charge_"),
            Agreement = agreement,
            Request = body,
            Amount = amount,
            AuthorizationId = ids.New("authz_"),
            CreatedAt = Now,
            UpdatedAt = Now,
            VisibleFrom = Now + hiddenFor,
            IsTwin = oddity?.Kind.StartsWith("twin", StringComparison.Ordinal) is true,
        };
        charges[charge.Id] = charge;
        PublishCharge(charge, "PAYMENT_CHARGE_CREATED", Created(charge));
        if (oddity?.Amount is { } other)
        {
            charge.Captured = other;
        }

        if (oddity?.Kind is "capturedAfterAll")
        {
            Authorize(charge, OddFailure);
            At(Now + oddity.After, () => Capture(charge));
            return charge;
        }

        Authorize(charge, refusal ?? TakeDecline(charge.Reference, ofRefunds: false) ?? MockDecline(charge));
        return charge;
    }

    private void Authorize(SimCharge charge, SimFailure? decline)
    {
        if (decline is not null)
        {
            (charge.Status, charge.Failure, charge.UpdatedAt) = ("FAILED", decline, Now);
            charge.FailedAt = Now;
            var failed = OfAuthorization(charge);
            failed["failure"] = decline.ToJson(inWebhook: true);
            PublishCharge(charge, "PAYMENT_CHARGE_AUTHORIZATION_FAILED", failed);
        }
        else if (AsyncAfter(charge) is { } wait)
        {
            (charge.Status, charge.UpdatedAt) = ("AUTHORIZATION_ASYNC", Now);
            PublishCharge(charge, "PAYMENT_CHARGE_PROVIDER_CONFIRMATION_PENDING", OfAuthorization(charge));
            At(Now + wait, () => Capture(charge));
        }
        else
        {
            Capture(charge);
        }
    }

    private void Capture(SimCharge charge)
    {
        (charge.Status, charge.Failure) = ("CAPTURE_PROCESSING", null);
        var authorized = OfAuthorization(charge);
        authorized["isMultiStep"] = false;
        PublishCharge(charge, "PAYMENT_CHARGE_AUTHORIZATION_SUCCEEDED", authorized);
        (charge.Status, charge.CaptureId, charge.CapturedAt, charge.UpdatedAt) = (
            "CAPTURED",
            ids.New("capture_"),
            Now,
            Now
        );
        PublishCharge(
            charge,
            "PAYMENT_CHARGE_CAPTURE_SUCCEEDED",
            new()
            {
                ["captureId"] = charge.CaptureId,
                ["amount"] = charge.Captured.ToJson(),
                ["merchantCaptureReference"] = charge.Reference,
            }
        );
        FollowFunds(
            charge,
            charge.CaptureId,
            "CAPTURE",
            charge.Captured.Value,
            charge.Request.Text("paymentDescriptor"),
            null
        );
    }

    /// <summary>The mock method's keys work on the descriptor's text; here behind a setting.</summary>
    private TimeSpan? AsyncAfter(SimCharge charge)
    {
        var keys = Descriptor.Parse(charge.Request.Text("paymentDescriptor"));
        return settings.MockAmounts && keys.GetValueOrDefault("providerConfirmation") is "true"
            ? Descriptor.Seconds(keys.GetValueOrDefault("providerConfirmationDelay")) ?? TimeSpan.FromSeconds(10)
            : (isDoneWhenShown ? hiddenFor : settings.AsyncCaptureAfter);
    }

    private SimFailure? MockDecline(SimCharge charge) =>
        charge.Amount.Value switch
        {
            _ when !settings.MockAmounts => null,
            < 300_000 or > 400_000 => null,
            var value when value % 100 is 2 => new(
                "PROVIDER_DECLINE",
                "INSUFFICIENT_FUNDS",
                "Payment Authorization Failed, insufficient funds",
                true
            ),
            _ => new("PROVIDER_DECLINE", "GENERIC_DECLINE", "Payment Authorization Failed", true),
        };

    /// <summary>What an odd charge fails with: it may be tried again.</summary>
    private static SimFailure OddFailure { get; } = new("PROVIDER_DECLINE", "INSUFFICIENT_FUNDS", "No money", true);

    /// <summary>KakaoPay has no separate captures.</summary>
    private BooksAnswer RefuseCaptureOrVoid(string id)
    {
        if (!charges.ContainsKey(id))
        {
            return Errors.Of(400, "Payment charge not found", Now);
        }

        var failure = AgreementChecks.Decline("NO_AUTHORIZED_AMOUNT", "Nothing is authorized");
        return new(200, new JsonObject { ["status"] = "FAILED", ["failure"] = failure.ToJson(inWebhook: false) });
    }
}
