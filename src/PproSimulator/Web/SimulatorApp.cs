using LocalHost.Clock;

namespace PproSimulator;

/// <summary>
/// The books on Kestrel: PPRO's API, the approval page, the control API, and the webhooks' sender. Loopback only.
/// </summary>
public sealed class SimulatorApp : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly WebhookSender sender;
    private readonly KeptBooks? kept;

    private SimulatorApp(WebApplication app, PproBooks books, WebhookSender sender, KeptBooks? kept) =>
        (this.app, Books, this.sender, this.kept) = (app, books, sender, kept);

    public PproBooks Books { get; }

    public Uri Url => new(app.Urls.First());

    /// <summary>
    /// With a data folder (<c>LocalHost:DataFolder</c>) the books are those of its journal, and go on in it.
    /// </summary>
    public static SimulatorApp Create(string[] args)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory }
        );
        builder.Logging.ClearProviders();
        if (EndsWithParent(builder.Configuration))
        {
            builder.Services.AddSingleton<IHostLifetime, LocalHost.Hook.HostDecides>();
        }

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
        var kept = KeptOf(builder.Configuration, clock, url);
        var books = kept?.Books ?? new PproBooks(clock, SettingsOf(builder.Configuration), new());
        var app = builder.Build();
        ApiEndpoint.Map(app, books);
        ApprovalPages.Map(app, books);
        ControlApi.Map(app, books, clock);
        return new(app, books, new WebhookSender(books, clock), kept);
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
        if (EndsWithParent(app.Configuration))
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
        kept?.Dispose();
    }

    private async Task StopWithParentAsync()
    {
        // Not Console.In: its reads block the caller, and then SIGTERM is heard by nobody.
        await using var parent = Console.OpenStandardInput();
        var ignored = new byte[256];
        while (await parent.ReadAsync(ignored) > 0) { }

        app.Lifetime.StopApplication();
    }

    private static bool EndsWithParent(IConfiguration configuration) =>
        configuration.GetValue("LocalHost:ExitWithParent", false);

    private static KeptBooks? KeptOf(IConfiguration configuration, TimeProvider clock, Uri url) =>
        configuration["LocalHost:DataFolder"] is { Length: > 0 } folder
            ? KeptBooks.Open(folder, clock, SettingsOf(configuration), url.GetLeftPart(UriPartial.Authority))
            : null;

    private static BooksSettings SettingsOf(IConfiguration configuration) =>
        configuration.GetSection("PproSimulator").Get<BooksSettings>() ?? new();

    private static TimeProvider ClockOf(IConfiguration configuration) =>
        configuration["LocalHost:ClockFile"] is { Length: > 0 } file ? new SimulatedClock(file) : TimeProvider.System;
}
