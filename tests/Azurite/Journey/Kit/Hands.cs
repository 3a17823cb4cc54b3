using System.Text;
using Billing;
using Flows.Looks;
using JourneyKit;
using Storage;

namespace Azurite.Tests.JourneyTests;

/// <summary>Messages that are in a process's hands at the moment of its death.</summary>
public static class Hands
{
    /// <summary>Time goes on to the moment of their next look, and their messages are taken from the queue.</summary>
    public static async Task<IReadOnlyList<Subject>> TakeLooksAsync(this World world, IReadOnlyList<Subject> subjects)
    {
        var next = (await world.WakeUpsOfAsync(subjects[0].Id)).Min();
        await world.Host.AdvanceToAsync(next - TimeSpan.FromSeconds(1));
        world.Clock.AdvanceTo(next);
        await world.Get<IssueRecurringCharges>().RunAsync(default);
        return await world.TakeAsync(StoreNames.DueAgreements, subjects);
    }

    /// <summary>
    /// One message about each of these from a queue; what is about others is handled.
    /// </summary>
    public static async Task<IReadOnlyList<Subject>> TakeAsync(
        this World world,
        string queue,
        IReadOnlyList<Subject> subjects
    )
    {
        using var journey = world.NewJourney(new NoWatch());
        var worker = new QueueWorker(journey, world.ShowAgainAsync);
        var taken = new Dictionary<AgreementId, Subject>();
        while (await worker.ReceiveAsync(queue) is { Count: > 0 } messages)
        {
            foreach (var message in messages)
            {
                var text = Encoding.UTF8.GetString(message.Body.Span);
                var about = subjects.FirstOrDefault(it => text.Contains(it.Id.Value, StringComparison.Ordinal));
                if (about is null || !taken.TryAdd(about.Id, about with { InHand = (queue, message) }))
                {
                    Assert.Null(await worker.HandleAsync(queue, message));
                }
            }
        }

        return [.. subjects.Select(it => taken[it.Id])];
    }

    /// <summary>Five failures later: the messages lie in poison, and are taken from there.</summary>
    public static async Task<IReadOnlyList<Subject>> PoisonAsync(this World world, IReadOnlyList<Subject> subjects)
    {
        var queue = subjects[0].InHand!.Value.Queue;
        await subjects.ForEachAsync(async it =>
        {
            var message = it.InHand!.Value.Message;
            await world.Get<IQueues>().PutAsync($"{queue}-poison", message.Body, TimeSpan.Zero, default);
            Assert.True(await world.Get<IQueues>().DeleteAsync(queue, message, default));
        });
        return await world.TakeAsync($"{queue}-poison", subjects);
    }

    /// <summary>The healthy process handles what is in hand, while PPRO's next answers go wrong like this.</summary>
    public static async Task HandleAsync(this World world, IReadOnlyList<Subject> subjects, string? fault = null)
    {
        world.Break("charge", fault, subjects.Count);
        using var journey = world.NewJourney(new NoWatch());
        var worker = new QueueWorker(journey, world.ShowAgainAsync);
        await subjects.ForEachAsync(async it =>
            Assert.Null(await worker.HandleAsync(it.InHand!.Value.Queue, it.InHand!.Value.Message))
        );
    }

    /// <summary>PPRO's events of this type about these agreements, received and taken from the queue.</summary>
    public static async Task<IReadOnlyList<Subject>> TakeEventsAsync(
        this World world,
        string type,
        IReadOnlyList<Subject> subjects,
        Func<Task> happen
    )
    {
        world.LetThrough(type);
        await happen();
        world.LetThrough();
        using var journey = world.NewJourney(new NoWatch());
        await journey.DeliverAsync(world.Books, world.Clock);
        return await world.TakeAsync(StoreNames.PproEvents, subjects);
    }
}
