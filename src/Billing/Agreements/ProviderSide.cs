using System.Collections.Immutable;

namespace Billing;

/// <summary>
/// PPRO's word about the agreement, as far as we have heard it. Columns merge forward and never back.
/// </summary>
public sealed record ProviderSide
{
    public static ProviderSide Unheard { get; } = new();

    public string? Id { get; init; }

    public AgreementStatus? Status { get; init; }

    public string? RequestUrl { get; init; }

    public string? RequestMethod { get; init; }

    public string? InstrumentId { get; init; }

    public string? InitialChargeId { get; init; }

    public Failure? Failure { get; init; }

    public DateTimeOffset? StartDate { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The newest entries of PPRO's list, at most <see cref="MaxEntries"/>.</summary>
    public ImmutableArray<HistoryEntry> History { get; init; } = [];

    /// <summary>The newest entries of PPRO's list, as many; each revocation that fails leaves one there.</summary>
    public ImmutableArray<Revocation> Revocations { get; init; } = [];

    internal const int MaxEntries = 20;

    public DateTimeOffset? ActivatedAt { get; init; }

    /// <summary>When PPRO last confirmed the agreement: by any event, read or capture.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>
    /// When we last asked for it and PPRO said what it is then: only a read of its own, no answer to a create and no
    /// event.
    /// </summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>When we last tried to read it, whatever came of it.</summary>
    public DateTimeOffset? ReadTriedAt { get; init; }

    /// <summary>Something was heard that only a read can settle.</summary>
    public DateTimeOffset? RecheckAt { get; init; }
}
