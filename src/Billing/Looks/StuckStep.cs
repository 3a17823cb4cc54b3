using System.Collections.Immutable;

namespace Billing;

/// <summary>
/// A step of a look that failed in a way that nobody foresaw, or left everything as it was. It waits, longer each time,
/// so that it holds up no other step; after some tries a person has to look at it, and the rest goes on all the same.
/// </summary>
/// <param name="Step">Which step, as <see cref="LookStep.Name"/> has it.</param>
/// <param name="Tries">How often in a row.</param>
/// <param name="Why">How it failed last, in a word.</param>
/// <param name="RetryAt">Not before this.</param>
public sealed record StuckStep(string Step, int Tries, string Why, DateTimeOffset RetryAt)
{
    /// <summary>It has failed so often that nobody can expect it to go well by itself.</summary>
    public bool IsForAPerson => Tries >= TriesUntilCalled;

    /// <summary>It has not been due for long: something else has settled it.</summary>
    public bool IsOver(DateTimeOffset now) => now - RetryAt > TimeSpan.FromDays(1);

    private const int TriesUntilCalled = 5;

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

    /// <summary>The stuck steps, with one more try of this one.</summary>
    internal static ImmutableArray<StuckStep> Again(
        ImmutableArray<StuckStep> stuck,
        string step,
        string why,
        DateTimeOffset now
    )
    {
        var tries = (stuck.FirstOrDefault(it => it.Step == step)?.Tries ?? 0) + 1;
        var wait = First * Math.Pow(2, Math.Min(tries, 8) - 1);
        var again = new StuckStep(step, tries, why, now + (wait < Longest ? wait : Longest));
        return [.. stuck.Where(it => it.Step != step && !it.IsOver(now)).TakeLast(Max - 1), again];
    }
}
