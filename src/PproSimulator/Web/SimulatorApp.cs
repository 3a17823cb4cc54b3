using LocalHost.Clock;

namespace PproSimulator;

/// <summary>
/// The books on Kestrel: PPRO's API, the approval page, the control API, and the webhooks' sender. Loopback only.
/// </summary>
public sealed class SimulatorApp : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly WebhookSender sender;

    private SimulatorApp(WebApplication app, PproBooks books, WebhookSender sender) =>
        (this.app, Books, this.sender) = (app, books, sender);

    public PproBooks Books { get; }

    public Uri Url => new(app.Urls.First());

    public static SimulatorApp Create(string[] args)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory }
        );
        builder.Logging.ClearProviders();
        var url = new Uri(builder.Configuration["Url"] ?? "http://127.0.0.1:7072");
        if (!url.IsLoopback)
        {
            throw new InvalidOperationException("The simulator listens on loopback only.");
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(System.Net.IPAddress.Loopback, url.Port);
        });
        var clock = ClockOf(builder.Configuration);
        var settings = builder.Configuration.GetSection("PproSimulator").Get<BooksSettings>() ?? new();
        var books = new PproBooks(clock, settings, new Random());
        var app = builder.Build();
        ApiEndpoint.Map(app, books);
        ApprovalPages.Map(app, books);
        ControlApi.Map(app, books, clock);
        return new(app, books, new WebhookSender(books, clock));
    }

    public async Task StartAsync()
    {
        await app.StartAsync();
        Books.PublicUrl = Url.ToString().TrimEnd('/');
        sender.Start();
    }

    public void Announce() => Console.WriteLine($"Listening on {Books.PublicUrl}");

    /// <summary>Until SIGTERM, or until whoever started us is gone.</summary>
    public async Task RunUntilToldAsync()
    {
        if (app.Configuration.GetValue("LocalHost:ExitWithParent", false))
        {
            _ = StopWithParentAsync();
        }

        await app.WaitForShutdownAsync();
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await sender.DisposeAsync();
        await app.DisposeAsync();
    }

    private async Task StopWithParentAsync()
    {
        // Not Console.In: its reads block the caller, and then SIGTERM is heard by nobody.
        await using var parent = Console.OpenStandardInput();
        var ignored = new byte[256];
        while (await parent.ReadAsync(ignored) > 0) { }

        app.Lifetime.StopApplication();
    }

    private static TimeProvider ClockOf(IConfiguration configuration) =>
        configuration["LocalHost:ClockFile"] is { Length: > 0 } file ? new SimulatedClock(file) : TimeProvider.System;
}
