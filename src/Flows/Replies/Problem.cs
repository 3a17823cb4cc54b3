using Billing;

namespace Flows.Replies;

/// <summary>
/// <c>application/problem+json</c> (RFC 9457): <paramref name="Type"/> is stable and listed in <c>docs/problems.md</c>,
/// <paramref name="Detail"/> says what to do.
/// </summary>
public sealed record Problem(string Type, string Title, int Status, string Detail)
{
    /// <summary>What is wrong with which field, by JSON pointer.</summary>
    public IReadOnlyDictionary<string, string>? Errors { get; init; }

    /// <summary>The agreement that it is about.</summary>
    public string? AgreementId { get; init; }

    /// <summary>PPRO's status of that agreement, and where our side stands.</summary>
    public string? AgreementStatus { get; init; }

    public string? BillingState { get; init; }

    /// <summary>Of the charge that it is about: its state, and what may still be refunded, until when.</summary>
    public string? ChargeState { get; init; }

    public long? RefundableAmount { get; init; }

    public DateTimeOffset? RefundableUntil { get; init; }

    /// <summary>This problem, with the agreement as it is.</summary>
    internal Problem About(Agreement? agreement) =>
        agreement is null
            ? this
            : this with
            {
                AgreementId = agreement.Id.Value,
                AgreementStatus = agreement.Status is { } word ? Words.Of(word) : null,
                BillingState = Words.Of(BillingStates.Of(agreement)),
            };

    /// <summary>This problem, with the charge as it is.</summary>
    internal Problem About(Attempt charge)
    {
        var view = ChargeView.Of(charge);
        return this with
        {
            ChargeState = view.State,
            RefundableAmount = view.RefundableAmount,
            RefundableUntil = view.RefundableUntil,
        };
    }
}
