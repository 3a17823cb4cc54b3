using System.Collections.Concurrent;

namespace JourneyKit;

/// <summary>Where a process dies: at which of its effects, counted from 0, and on which side of it.</summary>
public sealed record CrashPoint(int Effect, CrashSide Side, string What)
{
    public override string ToString() =>
        $"{(Side is CrashSide.Before ? "before" : "after")} effect {Effect + 1} ({What})";

    /// <summary>Both sides of every effect that a run was seen to have.</summary>
    public static IReadOnlyList<CrashPoint> Around(IEnumerable<Effect> effects) =>
        [
            .. effects.SelectMany(
                (effect, index) => Enum.GetValues<CrashSide>().Select(side => new CrashPoint(index, side, effect.What))
            ),
        ];
}

public enum CrashSide
{
    Before,
    After,
}

/// <summary>
/// Lets the work die at one point: from there on nothing that it reaches for ever answers, so that nothing of it runs
/// again, no catch and no finally.
/// </summary>
public sealed class CrashWatch(CrashPoint point) : IEffectWatch
{
    private readonly Task never = new TaskCompletionSource().Task;
    private readonly TaskCompletionSource died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int begun = -1;
    private Effect? last;

    /// <summary>Ends when the point is reached.</summary>
    public Task Died => died.Task;

    public Task BeforeAsync(Effect effect)
    {
        if (Interlocked.Increment(ref begun) == point.Effect)
        {
            last = effect;
            Die(CrashSide.Before);
        }

        return died.Task.IsCompleted ? never : Task.CompletedTask;
    }

    public Task AfterAsync(Effect effect)
    {
        if (ReferenceEquals(effect, last))
        {
            Die(CrashSide.After);
        }

        return died.Task.IsCompleted ? never : Task.CompletedTask;
    }

    private void Die(CrashSide side)
    {
        if (side == point.Side)
        {
            died.TrySetResult();
        }
    }
}

/// <summary>Notes every effect of a run, in the order in which they began.</summary>
public sealed class RecordingWatch : IEffectWatch
{
    private readonly ConcurrentQueue<Effect> begun = [];

    public IReadOnlyList<Effect> Effects => [.. begun];

    public Task BeforeAsync(Effect effect)
    {
        begun.Enqueue(effect);
        return Task.CompletedTask;
    }

    public Task AfterAsync(Effect effect) => Task.CompletedTask;
}
