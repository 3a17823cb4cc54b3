using Billing;
using Storage;

namespace Azurite.Tests.JourneyTests;

/// <summary>One agreement of a crash proof: each crash point has one of its own.</summary>
public sealed record Subject(AgreementId Id)
{
    /// <summary>The agreement that a shop creates, or will create, under this key.</summary>
    public static Subject Named(string key) => new(AgreementId.FromKey(key)) { Key = key };

    /// <summary>The message that some process has in its hands.</summary>
    public (string Queue, ReceivedMessage Message)? InHand { get; init; }

    /// <summary>The period that the operation is about, when it is about one.</summary>
    public string? Period { get; init; }

    /// <summary>The caller's key, of the create and of the operation that is to be interrupted.</summary>
    public required string Key { get; init; }
}
