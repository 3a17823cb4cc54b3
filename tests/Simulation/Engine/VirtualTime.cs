namespace Simulation.Tests;

/// <summary>
/// True time, and everything that is still to happen in it, in order. Nothing else moves: while something happens, no
/// time passes.
/// </summary>
internal sealed class VirtualTime(DateTimeOffset start)
{
    private readonly PriorityQueue<Moment, (long At, long Order)> moments = new();
    private long planned;

    /// <summary>Since the beginning of the history.</summary>
    public TimeSpan Elapsed { get; private set; }

    public DateTimeOffset Now => start + Elapsed;

    /// <summary>When something is to happen next; null for never.</summary>
    public DateTimeOffset? NextAt
    {
        get
        {
            while (moments.TryPeek(out var moment, out _) && moment.IsCancelled)
            {
                moments.Dequeue();
            }

            return moments.TryPeek(out _, out var due) ? start.AddTicks(due.At) : null;
        }
    }

    public Moment After(TimeSpan wait, Action happen)
    {
        var moment = new Moment(happen);
        var at = Elapsed + (wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
        moments.Enqueue(moment, (at.Ticks, planned++));
        return moment;
    }

    /// <summary>Goes on to the next thing and lets it happen.</summary>
    public void Step()
    {
        if (NextAt is { } at)
        {
            MoveTo(at);
            moments.Dequeue().Happen();
        }
    }

    public void MoveTo(DateTimeOffset at) => Elapsed = at > Now ? at - start : Elapsed;
}

/// <summary>Something that is to happen, unless it is called off.</summary>
internal sealed class Moment(Action happen)
{
    public bool IsCancelled { get; private set; }

    public void Happen() => happen();

    public void Cancel() => IsCancelled = true;
}
