namespace Billing;

/// <summary>Where the request that creates the agreement at PPRO stands.</summary>
public enum CreateState
{
    /// <summary>Certainly not at PPRO: the caller's repeat sends it.</summary>
    Unsent,

    /// <summary>Sent, and PPRO's answer is not known.</summary>
    InDoubt,

    /// <summary>PPRO refused the request itself; nothing exists there.</summary>
    Refused,

    Answered,
}

/// <summary>
/// The request that creates the agreement at PPRO. PPRO has no search for agreements, so only the caller's repeat
/// with the same key sends it again.
/// </summary>
public sealed record CreateRequest
{
    public required string IdempotencyKey { get; init; }

    /// <summary>SHA-256 of the storefront's body: a repeat must bring the same one.</summary>
    public required string RequestHash { get; init; }

    public required CreateState State { get; init; }

    public required int Sends { get; init; }

    public required DateTimeOffset FirstSentAt { get; init; }

    public required DateTimeOffset LastClaimedAt { get; init; }

    /// <summary>True from a claim until what came of its send is known to be recorded.</summary>
    public bool IsUnderway { get; init; }

    /// <summary>Why PPRO did not create it, or why its answer is not known.</summary>
    public string? Why { get; init; }
}
