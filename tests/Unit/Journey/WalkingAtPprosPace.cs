using System.Net;
using System.Text;
using Billing;
using Flows.Walk;
using Ppro;

namespace Unit.Tests.JourneyTests;

/// <summary>The walk asks PPRO no faster than a part of what PPRO allows, and waits when PPRO says so.</summary>
public sealed class WalkingAtPprosPace : IDisposable
{
    private readonly LeapingClock clock = new();
    private readonly Door door = new();
    private readonly HttpClient http;
    private readonly PproClient ppro;
    private readonly WalkReads reads;

    public WalkingAtPprosPace()
    {
        http = new(door) { BaseAddress = new("http://127.0.0.1/") };
        ppro = new(http, TimeProvider.System);
        reads = new(ppro, clock);
    }

    public void Dispose()
    {
        http.Dispose();
        door.Dispose();
    }

    [Theory]
    [InlineData(8, 15, 18)] // two a second, of eight, and four at once, of sixteen
    [InlineData(50, 100, 1.3)] // twelve a second, and 25 at once
    [InlineData(3, 6, 39)] // never less than one
    public async Task Forty_reads_take_as_long_as_a_part_of_the_limit_allows(int rate, int left, double seconds)
    {
        (door.Rate, door.Left, door.Burst) = (rate, left, rate * 2);
        await ReadAsync();
        clock.Leap(TimeSpan.FromHours(1));
        var began = clock.Leapt;

        await ReadAsync(40);

        Assert.InRange((clock.Leapt - began).TotalSeconds, seconds - 0.5, seconds + 1.5);
    }

    [Fact]
    public async Task Its_first_read_may_come_when_PPROs_limit_is_known_from_others()
    {
        await ppro.ReadFundsAsync("chr_1", default);

        await ReadAsync();

        Assert.Equal((2, TimeSpan.Zero), (door.Asked, clock.Leapt));
    }

    [Fact]
    public async Task After_a_rest_a_part_of_what_PPRO_allows_at_once_leaves_at_once()
    {
        (door.Rate, door.Left, door.Burst) = (50, 100, 100);
        await ReadAsync();
        clock.Leap(TimeSpan.FromHours(1));
        var began = clock.Leapt;

        await ReadAsync(25);

        Assert.Equal(began, clock.Leapt);
    }

    [Fact]
    public async Task When_little_is_left_at_once_the_walk_leaves_it_to_charges()
    {
        (door.Rate, door.Left, door.Burst) = (8, 3, 16);
        await ReadAsync();
        var began = clock.Leapt;

        await ReadAsync(10);

        Assert.True((clock.Leapt - began).TotalSeconds >= 9, $"{clock.Leapt - began}");
    }

    [Fact]
    public async Task What_PPRO_refuses_for_its_pace_is_asked_again_a_little_later_each_time()
    {
        door.TooFast = 3;

        var answer = await reads.ReadFundsAsync("chr_1", default);

        Assert.IsType<Answer<FundsReading>.Said>(answer);
        Assert.Equal(4, door.Asked);
        Assert.True(clock.Leapt >= TimeSpan.FromSeconds(7), $"{clock.Leapt}");
    }

    [Fact]
    public async Task It_does_not_ask_for_ever()
    {
        door.TooFast = int.MaxValue;

        var answer = await reads.ReadFundsAsync("chr_1", default);

        Assert.True(answer is Answer<FundsReading>.Refused { Refusal.Kind: RefusalKind.RateLimited });
        Assert.Equal(6, door.Asked);
    }

    private async Task ReadAsync(int times = 1)
    {
        for (var read = 0; read < times; read++)
        {
            await reads.ReadFundsAsync("chr_1", default);
        }
    }

    /// <summary>Whoever waits by it does not wait: the time is later at once.</summary>
    private sealed class LeapingClock : TimeProvider
    {
        private DateTimeOffset now = BillingTests.A.Morning;

        public TimeSpan Leapt => now - BillingTests.A.Morning;

        public void Leap(TimeSpan time) => now += time;

        public override DateTimeOffset GetUtcNow() => now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            now += dueTime > TimeSpan.Zero ? dueTime : TimeSpan.Zero;
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }

    private sealed class Door : HttpMessageHandler
    {
        public int Asked { get; private set; }

        public int TooFast { get; set; }

        public int Rate { get; set; } = 8;

        public int Left { get; set; } = 16;

        public int Burst { get; set; } = 16;

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            Asked++;
            var response = new HttpResponseMessage(TooFast-- > 0 ? HttpStatusCode.TooManyRequests : HttpStatusCode.OK)
            {
                Content = new StringContent("[]", Encoding.UTF8, "application/json"),
            };
            response.Headers.Add("X-RateLimit-Replenish-Rate", $"{Rate}");
            response.Headers.Add("X-RateLimit-Remaining", $"{Left}");
            response.Headers.Add("X-RateLimit-Burst-Capacity", $"{Burst}");
            return Task.FromResult(response);
        }
    }
}
