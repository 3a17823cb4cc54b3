using JourneyKit;

namespace Azurite.Tests.JourneyTests;

/// <summary>Something that the service does about one agreement, and how a crash in it is judged.</summary>
public sealed record Operation
{
    /// <summary>Brings this many agreements to the moment before the operation.</summary>
    public required Func<World, int, Task<IReadOnlyList<Subject>>> Prepare { get; init; }

    /// <summary>The operation, as a process carries it out: the one that dies.</summary>
    public Func<World, Journey, Subject, Task> Run { get; init; } = HandleAsync;

    /// <summary>What the world outside does after the crash: a shop repeats its request.</summary>
    public Func<World, IReadOnlyList<Subject>, Task> Then { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>How much later than its row says the next look may be in hand.</summary>
    public TimeSpan MayBeLateBy { get; init; }

    /// <summary>How long the clock goes on before the books are compared.</summary>
    public TimeSpan Afterwards { get; init; } = TimeSpan.FromHours(51);

    /// <summary>What must hold beside what always holds; throws when it does not.</summary>
    public Action<Accounts> Verify { get; init; } = _ => { };

    /// <summary>The message in hand goes to its flow.</summary>
    private static async Task HandleAsync(World world, Journey journey, Subject subject)
    {
        var (queue, message) = subject.InHand!.Value;
        var worker = new QueueWorker(journey, world.ShowAgainAsync);
        Assert.Null(await worker.HandleAsync(queue, message));
    }
}
