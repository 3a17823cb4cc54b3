using System.Text.Json.Nodes;

namespace PproSimulator;

/// <summary>What the consumer and the provider do.</summary>
public sealed partial class PproBooks
{
    public SimAgreement? FindByToken(string? token) =>
        With(it => it.agreements.Values.FirstOrDefault(agreement => agreement.Token == token));

    /// <summary>False when there is nothing to approve any more.</summary>
    public bool Approve(string id) => With(it => it.OfPending(id) is { } agreement && it.Activate(agreement));

    public bool Cancel(string id) =>
        With(it =>
        {
            if (it.OfPending(id) is not { } agreement)
            {
                return false;
            }

            it.Fail(
                agreement,
                new("PROVIDER_DECLINE", "CANCELED_BY_CONSUMER", "The consumer cancelled the authentication", false)
            );
            return true;
        });

    public bool LetExpire(string id) =>
        With(it =>
        {
            if (it.OfPending(id) is not { } agreement)
            {
                return false;
            }

            it.Expire(agreement);
            return true;
        });

    /// <summary>By the consumer in KakaoPay, or by the provider.</summary>
    public bool EndFromOutside(string id, bool byConsumer) =>
        With(it =>
        {
            if (!it.agreements.TryGetValue(id, out var agreement) || agreement.Status is not "ACTIVE")
            {
                return false;
            }

            it.End(agreement, byConsumer ? "REVOKED_BY_CONSUMER" : "REVOKED_BY_PROVIDER");
            return true;
        });

    private SimAgreement? OfPending(string id) =>
        agreements.TryGetValue(id, out var agreement) && agreement.Status is "AUTHENTICATION_PENDING"
            ? agreement
            : null;

    /// <summary>The answer to a create has no initial charge id, so the first charge is made at the approval.</summary>
    private bool Activate(SimAgreement agreement)
    {
        Move(agreement, "ACTIVE", null);
        PublishAgreement(agreement, "PAYMENT_AGREEMENT_ACTIVE", []);
        if (agreement.Request["initialPaymentCharge"] is JsonObject initial)
        {
            var body = (JsonObject)initial.DeepClone();
            var charge = Begin(agreement, body, body.Amount("amount")!, refusal: null);
            KeepEarlier(agreement);
            agreement.InitialChargeId = charge.Id;
        }

        return true;
    }
}
