namespace PproSimulator;

/// <summary>
/// Something that PPRO should never do and one day does, to the next charge, refund or revocation. Nothing is odd
/// unless it was asked for.
/// </summary>
/// <param name="Kind">
/// Of a charge: <c>captureOther</c> (another amount or currency is captured than asked for), <c>twinFailedFirst</c>,
/// <c>twinFailedLast</c> and <c>twinCaptured</c> (one request makes two charges under its reference),
/// <c>capturedAfterAll</c> (it is declined, and captured later). Of a refund: <c>failsLater</c> (it succeeds, and has
/// failed later), <c>fundsRejected</c> (it succeeds, and its money is sent back later). Of a revocation:
/// <c>revocationFails</c>.
/// </param>
public sealed record Oddity(string Kind)
{
    /// <summary>How much later, where that matters.</summary>
    public TimeSpan After { get; init; }

    /// <summary>What is captured instead.</summary>
    public Amount? Amount { get; init; }

    /// <summary>Why a revocation failed.</summary>
    public string Message { get; init; } = "The provider did not answer";

    public static IReadOnlyList<string> OfCharges { get; } =
    ["captureOther", "twinFailedFirst", "twinFailedLast", "twinCaptured", "capturedAfterAll"];

    public static IReadOnlyList<string> OfRefunds { get; } = ["failsLater", "fundsRejected"];

    public static IReadOnlyList<string> OfRevocations { get; } = ["revocationFails"];

    public static IReadOnlyList<string> Kinds { get; } = [.. OfCharges, .. OfRefunds, .. OfRevocations];
}

/// <summary>The oddities that are still to come, in order.</summary>
public sealed class OddityPlan
{
    private readonly List<Oddity> planned = [];

    public void Add(Oddity oddity, int count) => planned.AddRange(Enumerable.Repeat(oddity, count));

    public void Clear() => planned.Clear();

    internal Oddity? Take(IReadOnlyList<string> kinds)
    {
        var next = planned.Find(it => kinds.Contains(it.Kind));
        if (next is not null)
        {
            planned.Remove(next);
        }

        return next;
    }
}
