using System.Collections.Immutable;

namespace Billing;

/// <summary>
/// A step of a look that failed in a way that nobody foresaw, or left everything as it was. It waits, longer each time,
/// so that it holds up no other step; after some tries a person is called.
/// </summary>
/// <param name="Step">Which step, as <see cref="LookStep.Name"/> has it.</param>
/// <param name="Tries">How often in a row.</param>
/// <param name="RetryAt">Not before this.</param>
public sealed record StuckStep(string Step, int Tries, DateTimeOffset RetryAt)
{
    /// <summary>After so many tries a person has to look at it.</summary>
    public const int TriesUntilCalled = 5;

    /// <summary>More are not kept apart: whatever else fails is tried again with the next look.</summary>
    internal const int Max = 20;

    private static readonly TimeSpan First = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    /// <summary>The item, or the same at the time to which its step has been put off.</summary>
    internal static AgendaItem Delay(ImmutableArray<StuckStep> stuck, AgendaItem item) =>
        stuck.FirstOrDefault(it => it.Step == item.Step.Name) is { } found && found.RetryAt > item.At
            ? item with
            {
                At = found.RetryAt,
            }
            : item;

    /// <summary>The same steps, with one more try of this one.</summary>
    internal static ImmutableArray<StuckStep> Again(ImmutableArray<StuckStep> stuck, string step, DateTimeOffset now)
    {
        var tries = (stuck.FirstOrDefault(it => it.Step == step)?.Tries ?? 0) + 1;
        var wait = First * Math.Pow(2, Math.Min(tries, 8) - 1);
        var again = new StuckStep(step, tries, now + (wait < Longest ? wait : Longest));
        return [.. stuck.Where(it => it.Step != step).TakeLast(Max - 1), again];
    }
}
