namespace Flows;

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
}
