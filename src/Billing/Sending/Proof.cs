using System.Diagnostics;

namespace Billing;

/// <summary>
/// What an answer proves of the request that was sent: the same for a create, a charge and a refund. A refusal speaks
/// only for the only send there ever was, then and now; of several sends another one may have been executed.
/// </summary>
public abstract record Proof<T>
{
    private Proof() { }

    /// <summary>PPRO has it, and says this of it.</summary>
    public sealed record Heard(T Reading) : Proof<T>;

    /// <summary>The request itself is wrong: nothing was executed, and it would be refused again.</summary>
    public sealed record NotExecuted(Refusal Refusal) : Proof<T>;

    /// <summary>
    /// Refused for who asks, where or how fast: nothing was executed, and the same request may be sent again.
    /// </summary>
    public sealed record NotYet(Refusal Refusal) : Proof<T>;

    /// <summary>It may have been executed, or not; the refusal is that of a resend.</summary>
    public sealed record Unknown(string Why, Refusal? Refusal) : Proof<T>;
}

public static class Proof
{
    /// <param name="answer">What came back.</param>
    /// <param name="isOnlySend">It answers the only send there ever was.</param>
    public static Proof<T> Of<T>(Answer<T> answer, bool isOnlySend) =>
        answer switch
        {
            Answer<T>.Said said => new Proof<T>.Heard(said.Reading),
            Answer<T>.Refused { Refusal: { IsOfRequest: true } wrong } when isOnlySend => new Proof<T>.NotExecuted(
                wrong
            ),
            Answer<T>.Refused refused when isOnlySend => new Proof<T>.NotYet(refused.Refusal),
            Answer<T>.Refused refused => new Proof<T>.Unknown($"{refused.Refusal.Code} to a resend", refused.Refusal),
            Answer<T>.InDoubt doubt => new Proof<T>.Unknown(doubt.Why, null),
            _ => throw new UnreachableException(),
        };
}
