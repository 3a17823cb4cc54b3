using System.Text.Json.Nodes;

namespace PproSimulator;

/// <summary>The life of a refund.</summary>
public sealed partial class PproBooks
{
    private BooksAnswer Refund(string id, JsonObject body)
    {
        if (!charges.TryGetValue(id, out var charge))
        {
            return Errors.Of(400, "Payment charge not found", Now);
        }

        if (body["amount"] is not JsonValue value || !value.TryGetValue<long>(out var amount))
        {
            return Errors.Of(400, "amount is missing", Now);
        }

        if (amount <= 0)
        {
            return Errors.Of(422, "amount must be greater than 0", Now);
        }

        var failure =
            WhyNot(charge, amount) ?? (settings.PendingRefundFor is null && !isDoneWhenShown ? DeclineOf(body) : null);
        if (failure is not null && settings.RefusalsAs400)
        {
            return Errors.Of(400, failure.Message, Now);
        }

        var refund = new SimRefund
        {
            Id = ids.New("refund_"),
            Request = body,
            Amount = amount,
            CreatedAt = Now,
            UpdatedAt = Now,
            VisibleFrom = Now + hiddenFor,
        };
        charge.Refunds.Add(refund);
        if (failure is not null)
        {
            Fail(charge, refund, failure);
        }
        else if ((isDoneWhenShown ? hiddenFor : settings.PendingRefundFor) is { } wait)
        {
            charge.Status = "REFUND_PROCESSING";
            PublishRefund(charge, refund, "PAYMENT_CHARGE_REFUND_PENDING");
            At(Now + wait, () => Conclude(charge, refund));
        }
        else
        {
            Finish(charge, refund);
        }

        return new(200, RefundJson.Of(refund, charge, withLinks: true));
    }

    private SimFailure? DeclineOf(JsonObject request) =>
        TakeDecline(request.Text("merchantRefundReference"), ofRefunds: true);

    /// <summary>What was pending is done, or has failed after all.</summary>
    private void Conclude(SimCharge charge, SimRefund refund)
    {
        if (DeclineOf(refund.Request) is { } failure)
        {
            charge.Status = charge.Refunded > 0 ? charge.Status : "CAPTURED";
            Fail(charge, refund, failure);
            return;
        }

        Finish(charge, refund);
    }

    private void Fail(SimCharge charge, SimRefund refund, SimFailure failure)
    {
        (refund.Status, refund.Failure, refund.UpdatedAt) = ("FAILED", failure, Now);
        PublishRefund(charge, refund, "PAYMENT_CHARGE_REFUND_FAILED");
    }

    private void Finish(SimCharge charge, SimRefund refund)
    {
        (refund.Status, refund.UpdatedAt, charge.UpdatedAt) = ("REFUNDED", Now, Now);
        refund.SucceededAt = Now;
        ShowRefunded(charge);
        PublishRefund(charge, refund, "PAYMENT_CHARGE_REFUND_SUCCEEDED");
        FollowFunds(
            charge,
            refund.Id,
            "REFUND",
            refund.Amount,
            refund.Request.Text("refundDescriptor"),
            refund.Reference
        );
        switch (Oddities.Take(Oddity.OfRefunds))
        {
            case { Kind: "failsLater" } later:
                At(Now + later.After, () => FailAfterAll(charge, refund));
                break;
            case { Kind: "fundsRejected" } later:
                At(
                    Now + later.After,
                    () =>
                        PublishFunds(
                            charge,
                            refund.Id,
                            "REFUND",
                            "REFUND_FUNDS_REJECTED",
                            refund.Amount,
                            refund.Reference
                        )
                );
                break;
        }
    }

    /// <summary>It had succeeded, and the provider takes that back.</summary>
    private void FailAfterAll(SimCharge charge, SimRefund refund)
    {
        charge.UpdatedAt = Now;
        refund.Status = "FAILED";
        ShowRefunded(charge);
        Fail(
            charge,
            refund,
            new("PROVIDER_DECLINE", "REFUND_NOT_SUPPORTED", "The refund could not be paid out", false)
        );
    }

    private static void ShowRefunded(SimCharge charge)
    {
        var back = charge.Refunds.Where(it => it.Status is "REFUNDED").Sum(it => it.Amount);
        charge.Status = back == charge.Captured.Value ? "REFUNDED" : "CAPTURED";
    }

    private SimFailure? WhyNot(SimCharge charge, long amount)
    {
        if (charge.CapturedAt is not { } capturedAt)
        {
            return AgreementChecks.Decline("NO_CAPTURED_AMOUNT", "Nothing was captured");
        }

        if (Now > capturedAt + KakaoPayLimits.RefundsFor)
        {
            return new("PROVIDER_DECLINE", "REFUND_PERIOD_EXPIRED", "The refund period has expired", false);
        }

        return amount > charge.Captured.Value
                ? AgreementChecks.Decline("EXCEEDS_CAPTURED_AMOUNT", "Refund exceeds the captured amount")
            : amount > charge.Captured.Value - charge.Refunded
                ? AgreementChecks.Decline("EXCEEDS_REFUNDABLE_AMOUNT", "Refund exceeds the refundable amount")
            : null;
    }

    private BooksAnswer ListRefunds(string id) =>
        charges.TryGetValue(id, out var charge)
            ? new(
                200,
                new JsonObject
                {
                    ["data"] = new JsonArray([
                        .. charge
                            .Refunds.Where(it => it.VisibleFrom <= Now)
                            .Select(it => RefundJson.Of(it, charge, withLinks: true)),
                    ]),
                    ["_links"] = new JsonObject(),
                }
            )
            : Errors.Of(404, "Payment charge not found", Now);

    private BooksAnswer ReadRefund(string id, string refundId) =>
        charges.TryGetValue(id, out var charge)
        && charge.Refunds.Find(it => it.Id == refundId && it.VisibleFrom <= Now) is { } refund
            ? new(200, RefundJson.Of(refund, charge, withLinks: true))
            : Errors.Of(404, "Refund not found", Now);

    private void PublishRefund(SimCharge charge, SimRefund refund, string type) =>
        PublishCharge(
            charge,
            type,
            new()
            {
                ["refundId"] = refund.Id,
                ["amount"] = new Amount(refund.Amount, charge.Captured.Currency).ToJson(),
                ["failure"] = refund.Failure?.ToJson(inWebhook: true),
                ["merchantRefundReference"] = refund.Reference,
            }
        );
}
