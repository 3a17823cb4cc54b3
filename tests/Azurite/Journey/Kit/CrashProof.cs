using System.Collections.Concurrent;
using JourneyKit;

namespace Azurite.Tests.JourneyTests;

/// <summary>
/// Lets an operation die before and after each of its effects, each time with an agreement of its own, lets a
/// restarted process and the clock go on, and compares our rows with PPRO's books.
/// </summary>
public static class CrashProof
{
    public static async Task ProveAsync(this World world, Operation operation)
    {
        var recorded = await operation.Prepare(world, 1);
        var points = CrashPoint.Around(await RecordAsync(world, operation, recorded[0]));
        var subjects = await operation.Prepare(world, points.Count);
        var problems = new ConcurrentQueue<string>();
        await points
            .Zip(subjects)
            .ForEachAsync(async it =>
            {
                if (await CrashAsync(world, operation, it.First, it.Second) is { } problem)
                {
                    problems.Enqueue($"{it.First}: {problem}");
                }
            });
        IReadOnlyList<Subject> all = [.. recorded, .. subjects];
        await operation.Then(world, all);
        await world.Host.AdvanceAsync(operation.Afterwards);

        await JudgeAsync(world, operation, recorded[0], "without a crash", problems);
        await points.Zip(subjects).ForEachAsync(it => JudgeAsync(world, operation, it.Second, $"{it.First}", problems));
        Assert.True(problems.IsEmpty, $"{problems.Count} of {points.Count}:\n{string.Join('\n', problems.Order())}");
        Assert.Empty(world.Host.Failures);
        await Events.VerifyAllAreKeptAsync(world);
    }

    private static async Task<IReadOnlyList<Effect>> RecordAsync(World world, Operation operation, Subject subject)
    {
        var watch = new RecordingWatch();
        using var journey = world.NewJourney(watch);
        await operation.Run(world, journey, subject);
        Assert.NotEmpty(watch.Effects);
        return watch.Effects;
    }

    /// <summary>The process dies; then the queue shows its message again. Null when the baton is still in hand.</summary>
    private static async Task<string?> CrashAsync(World world, Operation operation, CrashPoint point, Subject subject)
    {
        var watch = new CrashWatch(point);
        var journey = world.NewJourney(watch); // Never disposed: dead processes tidy nothing up.
        var run = operation.Run(world, journey, subject);
        if (await Task.WhenAny(run, watch.Died) == run)
        {
            await run;
            return "the operation ended without reaching this effect";
        }

        var isShownAgain = subject.InHand is { } hand && await world.ShowAgainAsync(hand.Queue, hand.Message);
        return isShownAgain ? null : await Baton.WhyLostAsync(world, subject.Id, operation.MayBeLateBy);
    }

    private static async Task JudgeAsync(
        World world,
        Operation operation,
        Subject subject,
        string when,
        ConcurrentQueue<string> problems
    )
    {
        try
        {
            var accounts = await Accounts.ReadAsync(world, subject.Id);
            accounts.VerifyMoney();
            await Baton.VerifyAsync(world, subject.Id);
            operation.Verify(accounts);
        }
        catch (Xunit.Sdk.XunitException e)
        {
            problems.Enqueue($"{when}: {e.Message}");
        }
    }
}
