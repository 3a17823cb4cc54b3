namespace Billing;

/// <summary>Where a refund stands. The last five are final, as far as we know.</summary>
public enum RefundState
{
    Unsent,
    InDoubt,

    /// <summary>PPRO has it and has not decided.</summary>
    Pending,

    /// <summary>PPRO said "later": it failed, and is asked for again under a new reference.</summary>
    Deferred,

    Refunded,

    /// <summary>PPRO made it, and the consumer's bank sent the money back.</summary>
    Rejected,
    Failed,
    NotExecuted,
    NeverHappened,
}

/// <summary>
/// A refund of one charge, under the same rules as a charge. Its amount is reserved on the charge from its intent
/// until it has failed for certain.
/// </summary>
public sealed record Refund : Outgoing
{
    /// <summary>
    /// Derived from its reference, of an adopted one from PPRO's id, so that PPRO's word about it finds it.
    /// </summary>
    public required string Id { get; init; }

    public required string ChargeKey { get; init; }

    /// <summary>PPRO's id of the charge.</summary>
    public required string ChargeProviderId { get; init; }

    public required RefundState State { get; init; }

    /// <summary>It was made in PPRO's portal, and we heard of it by its event.</summary>
    public bool IsAdopted { get; init; }

    /// <summary>Nobody asked for it: the money came although the agreement had been closed.</summary>
    public bool IsOwed { get; init; }

    /// <summary>1, and one more each time that PPRO says "later".</summary>
    public int Number { get; init; } = 1;

    /// <summary>The id of number 1, when this is a later one.</summary>
    public string? FirstId { get; init; }

    /// <summary>The id of the refund that took this one's place.</summary>
    public string? RetriedAs { get; init; }

    /// <summary>When PPRO made it, by PPRO's clock; of several words the newest.</summary>
    public DateTimeOffset? MadeAt { get; init; }

    /// <summary>When PPRO said that it has failed, by PPRO's clock; of several words the newest.</summary>
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>How often money has moved because of it: once, unless it did not stay made.</summary>
    public int Moves { get; init; }

    public bool IsOpen => State < RefundState.Refunded;

    /// <summary>True when it certainly took nothing: what it reserved is free again.</summary>
    public bool TookNothing => State is RefundState.Failed or RefundState.NotExecuted or RefundState.NeverHappened;

    /// <summary>What it has given back to the consumer.</summary>
    public long GivenBack => State is RefundState.Refunded ? Amount.MinorUnits : 0;

    /// <summary>
    /// What it takes of the charge at PPRO, or may still take. What the consumer's bank sent back stays refunded there.
    /// </summary>
    public long Holds => TookNothing ? 0 : Amount.MinorUnits;

    public override bool IsUnsent => State is RefundState.Unsent;

    public override bool IsInDoubt => State is RefundState.InDoubt;

    /// <param name="chargeKey">The charge that it is of.</param>
    /// <param name="reference">Our reference of it, or the shop's.</param>
    public static string IdOf(string chargeKey, string reference) => ShortHash.Of($"{chargeKey}\n{reference}");

    /// <summary>Of one that we never asked for. No reference that a shop may choose has such an id.</summary>
    public static string AdoptedIdOf(string chargeKey, string providerId) =>
        ShortHash.Of($"{chargeKey}\n\nat PPRO\n{providerId}");

    /// <summary>One that was made in PPRO's portal, decided already.</summary>
    internal static Refund Adopted(Attempt charge, RefundReading reading, DateTimeOffset now) =>
        new()
        {
            Id = AdoptedIdOf(charge.Key, reading.ProviderId),
            ChargeKey = charge.Key,
            ChargeProviderId = charge.ProviderId ?? string.Empty,
            Amount = new(reading.MinorUnits, charge.Amount.Currency),
            Reference = reading.Reference ?? reading.ProviderId,
            IdempotencyKey = string.Empty,
            CreatedAt = now,
            State = RefundState.Refunded,
            ProviderId = reading.ProviderId,
            IsAdopted = true,
        };

    public static bool IsId(string text) => ShortHash.IsOne(text);

    internal override Refund AsInDoubt() => this with { State = RefundState.InDoubt };

    internal override Refund AsUnsent() => this with { State = RefundState.Unsent };

    internal override Refund AsNotExecuted() => this with { State = RefundState.NotExecuted };

    internal Refund Noting(DateTimeOffset at, string what) => this with { History = Noted(at, what) };
}

/// <summary>A request to refund as it will be sent, byte for byte.</summary>
public sealed record RefundIntent(string Id, string Reference, string IdempotencyKey, ReadOnlyMemory<byte> Body);

/// <summary>Why a refund is refused.</summary>
public enum RefundHindrance
{
    NotCaptured,
    WindowClosed,
    ExceedsRest,

    /// <summary>One refund of a charge at a time: the last one is not decided yet.</summary>
    Unsettled,
    TooManyOpen,

    /// <summary>A refund made in PPRO's portal has the name that the shop chose for this one.</summary>
    NameTaken,
}
