using System.Text.Json.Nodes;

namespace PproSimulator;

/// <summary>What the consumer and the provider do.</summary>
public sealed partial class PproBooks
{
    private static readonly SimFailure CanceledByConsumer = new(
        "PROVIDER_DECLINE",
        "CANCELED_BY_CONSUMER",
        "The consumer cancelled the authentication",
        false
    );

    /// <summary>What can be done to an agreement from outside of PPRO.</summary>
    internal static IReadOnlyList<string> Actions { get; } =
    ["approve", "cancel", "expire", "revoke-by-consumer", "revoke-by-provider"];

    public SimAgreement? FindByToken(string? token) =>
        With(it => it.agreements.Values.FirstOrDefault(agreement => agreement.Token == token));

    /// <summary>False when there is nothing to approve any more.</summary>
    public bool Approve(string id) => Act(id, "approve");

    public bool Cancel(string id) => Act(id, "cancel");

    public bool LetExpire(string id) => Act(id, "expire");

    /// <summary>By the consumer in KakaoPay, or by the provider.</summary>
    public bool EndFromOutside(string id, bool byConsumer) =>
        Act(id, byConsumer ? "revoke-by-consumer" : "revoke-by-provider");

    /// <summary>
    /// One of the <see cref="Actions"/>; false when the agreement is not there or not in a state for it.
    /// </summary>
    internal bool Act(string id, string action) =>
        Keep(
            "act",
            it => it.agreements.TryGetValue(id, out var agreement) && it.Act(agreement, action),
            () => new() { ["id"] = id, ["action"] = action },
            isDone => $"{isDone}"
        );

    private bool Act(SimAgreement agreement, string action)
    {
        switch (action, agreement.Status)
        {
            case ("approve", "AUTHENTICATION_PENDING"):
                Activate(agreement);
                return true;
            case ("cancel", "AUTHENTICATION_PENDING"):
                Fail(agreement, CanceledByConsumer);
                return true;
            case ("expire", "AUTHENTICATION_PENDING"):
                Expire(agreement);
                return true;
            case ("revoke-by-consumer", "ACTIVE"):
                End(agreement, "REVOKED_BY_CONSUMER");
                return true;
            case ("revoke-by-provider", "ACTIVE"):
                End(agreement, "REVOKED_BY_PROVIDER");
                return true;
            default:
                return false;
        }
    }

    /// <summary>The answer to a create has no initial charge id, so the first charge is made at the approval.</summary>
    private void Activate(SimAgreement agreement)
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
    }
}
