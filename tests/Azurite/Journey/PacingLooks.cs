using Billing;
using Flows.Looks;
using Flows.Shop;
using JourneyKit;
using PproSimulator;
using Storage;

namespace Azurite.Tests.JourneyTests;

/// <summary>The timer spreads what is due within PPRO's write limit, and never puts much ahead.</summary>
public sealed class PacingLooks : IDisposable
{
    private readonly SetClock clock = new(new(2026, 1, 15, 1, 0, 0, TimeSpan.Zero));
    private Journey? opened;

    [Fact]
    public async Task Looks_leave_no_faster_than_the_sandbox_takes_writes()
    {
        var journey = await WithDueAsync(12);

        Assert.Equal(12, await journey.Get<IssueRecurringCharges>().RunAsync(default));

        Assert.Equal([5, 5, 2, 0], await VisibleEachSecondAsync(journey, 4));
    }

    [Fact]
    public async Task PPROs_own_limit_counts_once_its_headers_have_told_it()
    {
        var journey = await WithDueAsync(12, limit: 8);
        var created = await journey.Get<CreateAgreement>().RunAsync(Shop.AgreementBody(), "a-write", default);
        Assert.Equal(201, created.Status);

        await journey.Get<IssueRecurringCharges>().RunAsync(default);

        Assert.Equal([8, 4, 0], await VisibleEachSecondAsync(journey, 3));
    }

    [Fact]
    public async Task What_would_wait_longer_than_twenty_seconds_stays_a_wake_up()
    {
        var journey = await WithDueAsync(130);
        var timer = journey.Get<IssueRecurringCharges>();

        Assert.Equal(100, await timer.RunAsync(default));
        Assert.Equal(30, (await journey.Get<WakeUps>().DueAsync(200, default)).Count);

        Assert.Equal(0, await timer.RunAsync(default));
        Assert.Equal(50, (await VisibleEachSecondAsync(journey, 10)).Sum());
        Assert.Equal(30, await timer.RunAsync(default));
        Assert.Empty(await journey.Get<WakeUps>().DueAsync(200, default));
    }

    public void Dispose() => opened?.Dispose();

    /// <summary>So many agreements whose wake-up has come; PPRO allows so many writes in a second.</summary>
    private async Task<Journey> WithDueAsync(int count, int limit = 50)
    {
        var books = new PproBooks(clock, new() { RateLimit = limit }, new(1));
        opened = new(
            new(new MemoryTables(clock), new MemoryQueues(clock), clock, books)
            {
                Settings = new Dictionary<string, string?> { ["Charging:Pace"] = "true" },
            }
        );
        var wakeUps = opened.Get<WakeUps>();
        for (var number = 0; number < count; number++)
        {
            await wakeUps.AddAsync(AgreementId.FromKey($"due-{number}"), clock.GetUtcNow(), default);
        }

        clock.AdvanceTo(clock.GetUtcNow() + WakeUps.Nearest);
        return opened;
    }

    /// <summary>How many more messages can be taken in each second from now on.</summary>
    private async Task<IReadOnlyList<int>> VisibleEachSecondAsync(Journey journey, int seconds)
    {
        List<int> seen = [];
        for (var second = 0; second < seconds; second++)
        {
            seen.Add(await TakeAllAsync(journey.Get<IQueues>()));
            clock.AdvanceTo(clock.GetUtcNow().AddSeconds(1));
        }

        return seen;
    }

    private static async Task<int> TakeAllAsync(IQueues queues)
    {
        var count = 0;
        while (
            await queues.ReceiveAsync(StoreNames.DueAgreements, 32, TimeSpan.FromMinutes(10), default)
                is { Count: > 0 } messages
        )
        {
            foreach (var message in messages)
            {
                await queues.DeleteAsync(StoreNames.DueAgreements, message, default);
                count++;
            }
        }

        return count;
    }
}
