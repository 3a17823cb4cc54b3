namespace Simulation.Tests;

/// <summary>
/// Where one actor acts at a time. Everything asynchronous in a history waits for a task that only this stage
/// completes, on its one thread and with nothing to post to; so every continuation runs inside
/// <see cref="Run"/>, and no other thread ever decides what comes next.
/// </summary>
internal sealed class Stage(VirtualTime time)
{
    private readonly int thread = Environment.CurrentManagedThreadId;

    /// <summary>It follows the work: who lets another one on does not become that one.</summary>
    private readonly AsyncLocal<Actor?> current = new();

    public VirtualTime Time => time;

    /// <summary>Who acts now; null between the acts.</summary>
    public Actor? Current => current.Value;

    public void Run(Actor actor, Action act)
    {
        CheckThread();
        if (actor.IsDead)
        {
            return;
        }

        var before = Current;
        current.Value = actor;
        act();
        current.Value = before;
    }

    /// <summary>Begins an actor's work. A dead actor's work never ends, as a dying process runs no finally.</summary>
    public void Start(Actor actor, Func<Task> work, Action<Exception?> ended)
    {
        Run(actor, () => _ = LiveAsync());

        async Task LiveAsync()
        {
            Exception? failure = null;
            try
            {
                await work();
            }
            catch (Exception e)
            {
                failure = e;
            }

            CheckThread();
            ended(failure);
        }
    }

    /// <summary>Holds the current actor; afterwards it goes on, or hears the failure.</summary>
    public Task ParkAsync(TimeSpan wait, Action? before = null, Exception? failure = null)
    {
        CheckThread();
        var actor = Current ?? throw new InvalidOperationException("Nobody acts.");
        var parked = new TaskCompletionSource();
        time.After(
            wait,
            () =>
                Run(
                    actor,
                    () =>
                    {
                        before?.Invoke();
                        if (failure is null)
                        {
                            parked.SetResult();
                        }
                        else
                        {
                            parked.SetException(failure);
                        }
                    }
                )
        );
        return parked.Task;
    }

    /// <summary>
    /// Where a dead actor stays. Each has a place of its own, which goes with it: one for all would keep every history.
    /// </summary>
    public static Task ForeverAsync() => new TaskCompletionSource().Task;

    private void CheckThread()
    {
        if (Environment.CurrentManagedThreadId != thread || SynchronizationContext.Current is not null)
        {
            Environment.FailFast("A history left its thread: it could not be repeated.\n" + Environment.StackTrace);
        }
    }
}

/// <summary>Someone who acts: a run of a function on a host, or a person outside.</summary>
internal sealed class Actor(string name, Host? host = null, Action? died = null)
{
    private bool isDead;

    public string Name => name;

    public Host? Host => host;

    public bool IsDead => isDead || host is { IsUp: false };

    /// <summary>What the shop asks for with this request; null for everyone else.</summary>
    public Wish? Wish { get; init; }

    /// <summary>References that this run has searched for at PPRO.</summary>
    public HashSet<string> Searched { get; } = [];

    /// <summary>What the next answer of PPRO's to it will say that is not so.</summary>
    public FaultKind? Lie { private get; set; }

    /// <summary>PPRO has told it what is not so.</summary>
    public bool WasLiedTo { get; set; }

    /// <summary>PPRO's last answer to it; null while there is none.</summary>
    public Heard? Heard { get; set; }

    /// <summary>Its last request to PPRO was refused with 403, as of one agreement alone.</summary>
    public bool IsForbidden { get; set; }

    /// <summary>Its last request to PPRO was a read, and PPRO has not answered it in time.</summary>
    public bool HasReadInVain { get; set; }

    /// <summary>PPRO has taken a charge of its, and it has not looked since whether that ends a row of refusals.</summary>
    public bool WasTaken { get; set; }

    /// <summary>The agreement whose charge PPRO has refused to it as a request; null for none.</summary>
    public string? Refused { get; set; }

    public FaultKind? TakeLie()
    {
        var lie = Lie;
        Lie = null;
        return lie;
    }

    /// <summary>It was held up for longer than a wake-up is trusted.</summary>
    public bool WasHeldUp { get; set; }

    /// <summary>It is never heard of again; what waits for it learns so.</summary>
    public void Die()
    {
        if (!isDead)
        {
            isDead = true;
            died?.Invoke();
        }
    }

    public override string ToString() => name;
}
