using Billing;

namespace Unit.Tests.JourneyTests;

/// <summary>
/// Whatever can happen to an agreement, PPRO's events about it may come in any order and any number of times: the same
/// state is reached (the README's promise 24). Every order up to seven events, ten thousand random ones of more.
/// </summary>
public sealed class EventsInAnyOrder
{
    private const int AllOrdersOf = 7;
    private const int RandomOrders = 10_000;

    public static TheoryData<string> Names => [.. Stories.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_order_of_an_agreements_events_ends_in_the_same_state(string name)
    {
        var (start, events) = Stories.All[name]();
        Assert.True(events.Count >= 3, $"only {events.Count} events are told");
        var expected = Hear(start, events).Text();
        Assert.NotEqual(start.Text(), expected);

        foreach (var order in Orders(events, new(events.Count)))
        {
            AssertEndsAs(expected, start, order);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Repeated_at_random_they_end_in_the_same_state(string name)
    {
        var (start, events) = Stories.All[name]();
        var expected = Hear(start, events).Text();
        var random = new Random(20260115);

        for (var round = 0; round < 1_000; round++)
        {
            PproEvent[] repeated = [.. events, .. random.GetItems(events.ToArray(), random.Next(1, 8))];
            random.Shuffle(repeated);
            AssertEndsAs(expected, start, repeated);
        }
    }

    private static void AssertEndsAs(string expected, Heard start, IReadOnlyList<PproEvent> order)
    {
        var ended = Hear(start, order).Text();
        Assert.True(expected == ended, $"{string.Join(", ", order.Select(it => it.Kind))}\n{ended}\nnot\n{expected}");
    }

    private static Heard Hear(Heard start, IEnumerable<PproEvent> events) =>
        events.Aggregate(start, (heard, happened) => heard.After(happened));

    private static IEnumerable<PproEvent[]> Orders(IReadOnlyList<PproEvent> events, Random random)
    {
        if (events.Count <= AllOrdersOf)
        {
            return Permutations([.. events], 0);
        }

        return Enumerable
            .Range(0, RandomOrders)
            .Select(_ =>
            {
                PproEvent[] order = [.. events];
                random.Shuffle(order);
                return order;
            });
    }

    private static IEnumerable<PproEvent[]> Permutations(PproEvent[] events, int from)
    {
        if (from == events.Length)
        {
            yield return events;
            yield break;
        }

        for (var index = from; index < events.Length; index++)
        {
            PproEvent[] swapped = [.. events];
            (swapped[from], swapped[index]) = (swapped[index], swapped[from]);
            foreach (var order in Permutations(swapped, from + 1))
            {
                yield return order;
            }
        }
    }
}
