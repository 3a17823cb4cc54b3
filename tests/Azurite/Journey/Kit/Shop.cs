using System.Text;
using Billing;
using Flows;
using JourneyKit;
using Storage;

namespace Azurite.Tests.JourneyTests;

/// <summary>What the shop and its consumers do, for many agreements at once.</summary>
public static class Shop
{
    public const long Price = 9_900;
    private static int named;

    /// <summary>A daily plan; <paramref name="frequency"/> for another.</summary>
    public static byte[] AgreementBody(string frequency = "DAILY") =>
        Encoding.UTF8.GetBytes(
            $$"""
            {
              "paymentMethod": "KAKAOPAY",
              "consumer": { "name": "김카카오", "country": "KR" },
              "amount": { "value": {{Price}}, "currency": "KRW" },
              "frequency": { "type": "{{frequency}}", "interval": 1 },
              "authenticationSettings": [
                { "type": "REDIRECT", "settings": { "returnUrl": "https://shop.example/return" } }
              ]
            }
            """
        );

    public static byte[] Body(string json) => Encoding.UTF8.GetBytes(json);

    /// <summary>The names under which a shop will create agreements.</summary>
    public static IReadOnlyList<string> NewNames(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => $"order-{Interlocked.Increment(ref named)}")];

    public static Task<Reply> CreateAsync(this Journey journey, string name, string frequency = "DAILY") =>
        journey.Get<CreateAgreement>().RunAsync(AgreementBody(frequency), name, default);

    public static async Task<IReadOnlyList<Subject>> CreateAsync(
        this World world,
        int count,
        string frequency = "DAILY"
    )
    {
        var names = NewNames(count);
        await names.ForEachAsync(async name =>
        {
            var reply = await world.Get<CreateAgreement>().RunAsync(AgreementBody(frequency), name, default);
            Assert.Equal(201, reply.Status);
        });
        return [.. names.Select(name => new Subject(AgreementId.FromKey(name)))];
    }

    /// <summary>The consumers approve in KakaoPay.</summary>
    public static void Approve(this World world, IEnumerable<Subject> subjects)
    {
        var wanted = subjects.Select(it => it.Id.Value).ToHashSet();
        var pending = world.Books.With(it =>
            it.Agreements.Where(agreement => wanted.Contains(agreement.Reference!)).Select(agreement => agreement.Id)
                .ToList()
        );
        Assert.All(pending, id => Assert.True(world.Books.Approve(id)));
    }

    /// <summary>Agreements that are active, whose first period is paid, with nothing due before tomorrow.</summary>
    public static async Task<IReadOnlyList<Subject>> ActiveAsync(
        this World world,
        int count,
        string frequency = "DAILY"
    )
    {
        var subjects = await world.CreateAsync(count, frequency);
        world.Approve(subjects);
        await world.Host.AdvanceAsync(TimeSpan.FromHours(2));
        await subjects.ForEachAsync(async subject =>
        {
            Assert.Equal(AgreementStatus.Active, (await world.FindAsync(subject.Id))!.Status);
            Assert.Single(await world.WakeUpsOfAsync(subject.Id));
        });
        return subjects;
    }

    /// <summary>Time goes on to the moment of their next look, and their messages are taken from the queue.</summary>
    public static async Task<IReadOnlyList<Subject>> TakeLooksAsync(
        this World world,
        IReadOnlyList<Subject> subjects
    )
    {
        var next = (await world.FindAsync(subjects[0].Id))!.NextLookAt!.Value;
        await world.Host.AdvanceToAsync(Keys.MinuteNotBefore(next) - TimeSpan.FromSeconds(1));
        world.Clock.AdvanceTo(Keys.MinuteNotBefore(next));
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

    /// <summary>For each, several at once.</summary>
    public static Task ForEachAsync<T>(this IEnumerable<T> items, Func<T, Task> act) =>
        Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (item, _) => await act(item)
        );
}
