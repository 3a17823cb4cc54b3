using Billing;
using Storage;

namespace Azurite.Tests.JourneyTests;

/// <summary>One agreement of a crash proof: each crash point has one of its own.</summary>
public sealed record Subject(AgreementId Id)
{
    /// <summary>The message that some process has in its hands.</summary>
    public (string Queue, ReceivedMessage Message)? InHand { get; init; }

    /// <summary>The caller's key of the operation that is to be interrupted.</summary>
    public string Key => $"key-{Id}";
}
