using TestKit;

namespace EndToEnd.Tests;

/// <summary>An app at work: agreements that are charged every day, a shop with errands, and time that passes.</summary>
internal sealed class Load(LocalApp app)
{
    private static readonly TimeSpan LateInTheDay = TimeSpan.FromHours(22);
    private readonly List<string> daily = [];
    private Task passing = Task.CompletedTask;

    public InsistentShop Shop { get; } = new(app);

    public IReadOnlyList<string> Daily => daily;

    public async Task BeginAsync(int agreements)
    {
        for (var number = 0; number < agreements; number++)
        {
            var request = Storefront.AgreementRequest();
            request["frequency"] = new System.Text.Json.Nodes.JsonObject { ["type"] = "DAILY" };
            daily.Add(await app.ActiveAgreementAsync(request));
        }
    }

    /// <summary>Lets the app work until PPRO has been asked so often, or there was nothing more to do.</summary>
    public async Task WorkAsync(int requests)
    {
        var already = await CountAsync();
        await passing;
        passing = PassAsync(TimeSpan.FromHours(8));
        await Eventually.TrueAsync(
            async () => passing.IsCompleted || await CountAsync() >= already + requests,
            $"{requests} more requests at PPRO.\n{app.Output}"
        );
    }

    /// <summary>Time passes, as far as the app lives to see it.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        try
        {
            await app.AdvanceAsync(time);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidOperationException)
        {
            // It died, or its storage did: the clock stands where it was.
        }
    }

    /// <summary>Until the shop has its answers, PPRO has said what it had to say, and a day has been charged.</summary>
    public async Task SettleAsync()
    {
        await passing;
        await Eventually.TrueAsync(
            async () =>
            {
                await app.AdvanceAsync(TimeSpan.FromHours(3));
                return Shop.IsDone;
            },
            $"the shop's errands are done.\n{app.Output}"
        );
        await Shop.WaitAsync();
        var seoul = app.Now.ToOffset(TimeSpan.FromHours(9));
        var target = new DateTimeOffset(seoul.Date, seoul.Offset).AddDays(1) + LateInTheDay;
        await app.AdvanceAsync(target - app.Now);
    }

    private async Task<int> CountAsync() => (await app.BooksAsync("requests?limit=10000")).Count;
}
