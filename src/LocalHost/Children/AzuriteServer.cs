using System.Diagnostics;

namespace LocalHost.Children;

/// <summary>Where an Azurite keeps its data and listens, and which accounts it has.</summary>
public sealed record AzuriteOptions(string DataFolder, int BlobPort, int QueuePort, int TablePort)
{
    /// <summary>
    /// Where <c>UseDevelopmentStorage=true</c> looks for blobs; queues and tables follow on the next two ports.
    /// </summary>
    public const int WellKnownPort = 10000;

    public static AzuriteOptions OnPort(string dataFolder, int port) => new(dataFolder, port, port + 1, port + 2);

    internal IReadOnlyList<int> Ports => [BlobPort, QueuePort, TablePort];

    /// <summary>
    /// Accounts beside the well-known one, so that tests share an Azurite and see nothing of each other.
    /// </summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];
}

/// <summary>A running Azurite of ours. It ends with us, by SIGTERM, so that nothing acknowledged is lost.</summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    /// <summary>Base 64 of a text that says what it is: no secret.</summary>
    private static readonly string TestKey = Convert.ToBase64String("a test key of a local emulator, no secret"u8);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ChildProcess child;
    private readonly AzuriteOptions options;

    private AzuriteServer(ChildProcess child, AzuriteOptions options) => (this.child, this.options) = (child, options);

    public static async Task<AzuriteServer> StartAsync(AzuriteOptions options, CancellationToken cancellationToken) =>
        new(await BeginAsync(options, cancellationToken), options);

    /// <summary>Starts its process, until it answers on all of its ports.</summary>
    internal static async Task<ChildProcess> BeginAsync(AzuriteOptions options, CancellationToken cancellationToken)
    {
        if (options.Ports.FirstOrDefault(port => !Ports.IsFree(port)) is not 0 and var taken)
        {
            throw new LocalHostException(
                $"Azurite did not start: port {taken} is in use: stop what listens there, or choose three others in a "
                    + "row with LocalHost__AzuritePort."
            );
        }

        var folder = await AzuritePackage.InstallAsync(cancellationToken);
        Directory.CreateDirectory(options.DataFolder);
        var child = ChildProcess.Start(Command(folder, options));
        try
        {
            return await child.AnswersAsync(options.Ports, Patience, cancellationToken)
                ? child
                : throw new LocalHostException($"Azurite did not start: {child.LastLine}");
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    public string ConnectionString(string account) => ConnectionString(options, account);

    internal static string ConnectionString(AzuriteOptions options, string account) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={TestKey};"
        + $"BlobEndpoint=http://127.0.0.1:{options.BlobPort}/{account};"
        + $"QueueEndpoint=http://127.0.0.1:{options.QueuePort}/{account};"
        + $"TableEndpoint=http://127.0.0.1:{options.TablePort}/{account};";

    public ValueTask DisposeAsync() => child.DisposeAsync();

    private static ProcessStartInfo Command(string folder, AzuriteOptions options)
    {
        string[] arguments =
        [
            Path.Combine(folder, "run.js"),
            "--silent",
            "--disableTelemetry",
            "--skipApiVersionCheck",
            "--location",
            options.DataFolder,
            "--blobHost",
            "127.0.0.1",
            "--blobPort",
            $"{options.BlobPort}",
            "--queueHost",
            "127.0.0.1",
            "--queuePort",
            $"{options.QueuePort}",
            "--tableHost",
            "127.0.0.1",
            "--tablePort",
            $"{options.TablePort}",
        ];
        var start = new ProcessStartInfo("node", arguments);
        if (options.Accounts.Count > 0)
        {
            start.Environment["AZURITE_ACCOUNTS"] = string.Join(';', options.Accounts.Select(it => $"{it}:{TestKey}"));
        }

        return start;
    }
}
