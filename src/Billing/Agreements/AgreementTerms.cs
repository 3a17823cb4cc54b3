namespace Billing;

/// <summary>PPRO's <c>amountType</c>: how <c>amount</c> binds later charges.</summary>
public enum AmountType
{
    Max,
    Exact,
    Variable,
}

/// <summary>What the storefront asked for when it made the agreement. It never changes.</summary>
public sealed record AgreementTerms
{
    public required string PaymentMethod { get; init; }

    public required string ConsumerName { get; init; }

    public required string ConsumerCountry { get; init; }

    /// <summary>The shop's own id of the agreement, for the shop.</summary>
    public string? Reference { get; init; }

    public string? Description { get; init; }

    public Money? Amount { get; init; }

    public AmountType? AmountType { get; init; }

    public Frequency? Frequency { get; init; }

    public DateTimeOffset? StartDate { get; init; }

    public DateTimeOffset? EndDate { get; init; }

    /// <summary>How many periods may be captured; null is without end.</summary>
    public int? MaxCharges { get; init; }

    /// <summary>How many periods that passed unbegun are still charged, the newest ones; usually none.</summary>
    public int CatchUp { get; init; }

    /// <summary>The first charge that travels with the agreement, if any.</summary>
    public InitialCharge? InitialCharge { get; init; }

    /// <summary>
    /// True when <c>amount</c> and <c>amountType</c> let this amount be charged; without a type none is a limit.
    /// </summary>
    public bool Allows(Money charge) =>
        AmountType switch
        {
            Billing.AmountType.Max => Amount is null || charge.MinorUnits <= Amount.MinorUnits,
            Billing.AmountType.Exact => Amount is null || charge.MinorUnits == Amount.MinorUnits,
            _ => true,
        };
}

/// <summary>PPRO's <c>initialPaymentCharge</c>. Without a reference of the shop's, ours is derived.</summary>
public sealed record InitialCharge(Money Amount, string? Reference);
