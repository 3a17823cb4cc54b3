using System.Diagnostics;
using System.Text.Json;
using LocalHost.Settings;

namespace LocalHost.Workers;

/// <summary>How an app's worker is started: by its <c>worker.config.json</c>, its settings as environment.</summary>
internal sealed class WorkerCommand(HostSettings settings)
{
    /// <summary>What would make the worker listen elsewhere than where it tells us.</summary>
    private static readonly string[] Addresses =
    [
        "ASPNETCORE_URLS",
        "ASPNETCORE_HTTP_PORTS",
        "ASPNETCORE_HTTPS_PORTS",
        "DOTNET_URLS",
        "DOTNET_HTTP_PORTS",
        "DOTNET_HTTPS_PORTS",
        "URLS",
        "HTTP_PORTS",
        "HTTPS_PORTS",
    ];

    private readonly string dll = Find(settings.AppFolder);

    public ProcessStartInfo For(string workerId, Uri rpc)
    {
        string[] arguments =
        [
            dll,
            "--functions-uri",
            rpc.ToString(),
            "--functions-worker-id",
            workerId,
            "--functions-request-id",
            Guid.NewGuid().ToString(),
            "--functions-grpc-max-message-length",
            $"{int.MaxValue}",
        ];
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = settings.AppFolder };
        SetEnvironment(start.Environment);
        return start;
    }

    private void SetEnvironment(IDictionary<string, string?> environment)
    {
        Array.ForEach(Addresses, name => environment.Remove(name));
        foreach (var (name, value) in settings.AppSettings)
        {
            environment[name] = value;
        }

        environment.TryAdd("AZURE_FUNCTIONS_ENVIRONMENT", "Development");
        environment.TryAdd("Logging__LogLevel__Microsoft", "Warning");
        environment.TryAdd("Logging__LogLevel__Azure", "Warning");
        // The address that the worker tells us is stronger than endpoints that are configured.
        environment["ASPNETCORE_PREFERHOSTINGURLS"] = "true";
        environment["FUNCTIONS_APPLICATION_DIRECTORY"] = settings.AppFolder;
        environment["LocalHost__IsHost"] = "true";
        environment["LocalHost__ClockFile"] = settings.ClockFile ?? string.Empty;
        var hook = typeof(Hook.WorkerStart).Assembly;
        Append(environment, "DOTNET_STARTUP_HOOKS", Path.PathSeparator, hook.Location);
        Append(environment, "ASPNETCORE_HOSTINGSTARTUPASSEMBLIES", ';', hook.GetName().Name!);
    }

    private static void Append(IDictionary<string, string?> environment, string name, char separator, string value) =>
        environment[name] =
            environment.TryGetValue(name, out var others) && others is { Length: > 0 }
                ? $"{others}{separator}{value}"
                : value;

    private static string Find(string folder)
    {
        var file = Path.Combine(folder, "worker.config.json");
        try
        {
            using var config = JsonDocument.Parse(File.ReadAllText(file));
            var path = config.RootElement.GetProperty("description").GetProperty("defaultWorkerPath").GetString()!;
            return Path.Combine(folder, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalHostException($"There is no function app in {folder}: no worker.config.json.", e);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new LocalHostException($"{file} does not say which worker it is: build the app again.", e);
        }
    }
}
