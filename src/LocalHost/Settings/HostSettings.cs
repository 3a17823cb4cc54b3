using LocalHost.Children;
using LocalHost.Workers;
using Microsoft.Extensions.Configuration;

namespace LocalHost.Settings;

/// <summary>
/// What this host runs by: <c>host.json</c> beside the app, <c>local.settings.json</c> (or the sample of it) there or
/// in a folder above, and over both the environment and the command line. Our own settings are <c>LocalHost:…</c>.
/// </summary>
public sealed record HostSettings
{
    private const string LocalAccount = "devstoreaccount1";
    private const string Fresh = "--fresh";

    /// <summary>The app's output: its worker, its <c>host.json</c>.</summary>
    public required string AppFolder { get; init; }

    /// <summary>What the app is told by its environment.</summary>
    public required IReadOnlyDictionary<string, string?> AppSettings { get; init; }

    public required string RootFolder { get; init; }

    public required string DataFolder { get; init; }

    public required int Port { get; init; }

    public required string RoutePrefix { get; init; }

    public required QueueSettings Queues { get; init; }

    /// <summary>When set, functions that want a key get this one or answer 401.</summary>
    public string? FunctionKey { get; init; }

    /// <summary>Where the simulated clock keeps its offset; null while time is real.</summary>
    public string? ClockFile { get; init; }

    /// <summary>URLs of who knows a next moment; a path is the app's own.</summary>
    public IReadOnlyList<Uri> Clocks { get; init; } = [];

    public IReadOnlyList<CompanionSettings> Companions { get; init; } = [];

    /// <summary>Forget what earlier runs left (<c>--fresh</c>).</summary>
    public bool IsFresh { get; init; }

    public string? OpenUrl { get; init; }

    /// <summary>What the page at the root points to beside the functions.</summary>
    public IReadOnlyList<(string Name, string Url)> Links { get; init; } = [];

    /// <summary>The Azurite that the app's storage is on; null when storage is somewhere else.</summary>
    public AzuriteOptions? Azurite { get; init; }

    internal WorkerOptions Worker { get; init; } = new();

    /// <summary>Where a companion keeps what outlives it.</summary>
    internal string DataFolderOf(CompanionSettings companion) => Path.Combine(DataFolder, "companions", companion.Name);

    /// <summary>From the environment, the command line, and the files around the app.</summary>
    internal static HostSettings Load(IConfigurationManager configuration, string appFolder, string[] given)
    {
        var arguments = given.Where(it => it is not Fresh).Select(WithColons).ToArray();
        RefuseUnknown(arguments);
        configuration.AddEnvironmentVariables();
        configuration.AddCommandLine(arguments);
        var (root, names) = LocalSettingsFile.AddTo(configuration, appFolder);
        var section = configuration.GetSection("LocalHost");
        var host = HostJson.Read(Path.Combine(appFolder, "host.json"));
        var dataFolder = Path.GetFullPath(section["DataFolder"] ?? ".local", root);
        var queues = QueueSettings.Read(host);
        var isSimulated = section.Flag("SimulatedClock");
        var azurite = AzuriteOf(configuration, section, dataFolder);
        return new()
        {
            AppFolder = appFolder,
            AppSettings = AppSettingsOf(configuration, names, arguments),
            IsFresh = given.Contains(Fresh),
            Worker = WorkerOptions.Read(section),
            RootFolder = root,
            DataFolder = dataFolder,
            Port = section.Port("Port", 7071),
            RoutePrefix = host.GetText("extensions", "http", "routePrefix") ?? "api",
            Queues = queues with { Lease = section.Span("MessageLease", queues.Lease) },
            FunctionKey = section["FunctionKey"] is { Length: > 0 } key ? key : null,
            ClockFile = isSimulated
                ? Path.GetFullPath(section["ClockFile"] ?? Path.Combine(dataFolder, "clock"), root)
                : null,
            Clocks =
            [
                .. section
                    .GetSection("Clocks")
                    .GetChildren()
                    .Where(it => it.Value is { Length: > 0 })
                    .Select(it => ClockOf(section.GetSection("Clocks"), it.Key, it.Value!)),
            ],
            Companions =
            [
                .. section
                    .GetSection("Companions")
                    .GetChildren()
                    .Select(CompanionSettings.Read)
                    .OfType<CompanionSettings>(),
            ],
            OpenUrl = section["OpenUrl"],
            Links =
            [
                .. section
                    .GetSection("Links")
                    .GetChildren()
                    .Where(it => it["Url"] is { Length: > 0 })
                    .Select(it => (it["Name"] ?? it["Url"]!, it["Url"]!)),
            ],
            Azurite = azurite,
        };
    }

    /// <summary>What names no setting would be passed over in silence.</summary>
    private static void RefuseUnknown(string[] arguments)
    {
        if (Array.Find(arguments, it => !it.Contains('=') || it.Split('=')[0] is Fresh) is { } unknown)
        {
            throw new LocalHostException($"{unknown} is not known: say {Fresh}, or a setting as --Name=value.");
        }
    }

    /// <summary>A path is the app's own.</summary>
    private static Uri ClockOf(IConfigurationSection clocks, string name, string text) =>
        text[0] is '/' ? new(text, UriKind.Relative) : clocks.Url(name, text);

    /// <summary><c>--A__B=c</c> means what <c>A__B</c> means everywhere else.</summary>
    private static string WithColons(string argument)
    {
        var name = argument.Split('=', 2)[0];
        return name.StartsWith("--", StringComparison.Ordinal)
            ? name.Replace("__", ":", StringComparison.Ordinal) + argument[name.Length..]
            : argument;
    }

    /// <summary>
    /// On other ports than the well-known ones the app is told where the same account is, with a key of our own.
    /// </summary>
    private static AzuriteOptions? AzuriteOf(
        IConfigurationManager configuration,
        IConfigurationSection section,
        string dataFolder
    )
    {
        if (configuration["AzureWebJobsStorage"] is not "UseDevelopmentStorage=true")
        {
            return null;
        }

        var port = section.Port("AzuritePort", AzuriteOptions.WellKnownPort, most: 65_533);
        var options = AzuriteOptions.OnPort(Path.Combine(dataFolder, "storage"), port);
        if (port is AzuriteOptions.WellKnownPort)
        {
            return options;
        }

        configuration["AzureWebJobsStorage"] = AzuriteServer.ConnectionString(options, LocalAccount);
        return options with { Accounts = [LocalAccount] };
    }

    /// <summary>
    /// What the file and the command line say, as far as nothing stronger says otherwise; our environment it has.
    /// </summary>
    private static Dictionary<string, string?> AppSettingsOf(
        IConfigurationManager configuration,
        IEnumerable<string> names,
        string[] arguments
    )
    {
        var commandLine = new ConfigurationBuilder().AddCommandLine(arguments).Build().AsEnumerable();
        return names
            .Concat(commandLine.Where(it => it.Value is not null).Select(it => it.Key))
            .Append("AzureWebJobsStorage")
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(name => configuration[name] is not null)
            .ToDictionary(name => name.Replace(":", "__", StringComparison.Ordinal), name => configuration[name]);
    }
}
