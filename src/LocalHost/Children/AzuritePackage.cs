using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;

namespace LocalHost.Children;

/// <summary>
/// Azurite from its lock file, installed on first use. Processes that start together wait for one another.
/// </summary>
internal static class AzuritePackage
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly string[] Files = ["package.json", Lock, "run.js"];
    private const string Lock = "package-lock.json";

    /// <summary>The folder with <c>run.js</c>, its packages in place.</summary>
    public static async Task<string> InstallAsync(CancellationToken cancellationToken)
    {
        var (source, home) = (Source(), Folder("AzuriteHome"));
        RequireNode();
        Directory.CreateDirectory(home);
        await using var turn = await TakeTurnAsync(home, cancellationToken);
        Array.ForEach(Files, it => File.Copy(Path.Combine(source, it), Path.Combine(home, it), overwrite: true));
        var (wanted, installed) = (Path.Combine(source, Lock), Path.Combine(home, "node_modules", ".installed"));
        if (
            !File.Exists(installed)
            || await File.ReadAllTextAsync(installed, cancellationToken)
                != await File.ReadAllTextAsync(wanted, cancellationToken)
        )
        {
            await InstallAsync(home, cancellationToken);
            File.Copy(wanted, installed, overwrite: true);
        }

        return home;
    }

    private static string Source()
    {
        var folder = Folder("AzuriteFolder");
        return File.Exists(Path.Combine(folder, "run.js"))
            ? folder
            : throw new LocalHostException(
                "The folder src/LocalHost/azurite is not where it was at build time; build again."
            );
    }

    private static string Folder(string name) =>
        typeof(AzuritePackage)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(it => it.Key == name)
            .Value!;

    private static async Task InstallAsync(string folder, CancellationToken cancellationToken)
    {
        Console.WriteLine("Installing Azurite from its lock file (once) …");
        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        var start = new ProcessStartInfo(npm, ["ci", "--no-audit", "--no-fund"]) { WorkingDirectory = folder };
        var (exitCode, lastLine) = await RunAsync(start, cancellationToken);
        if (exitCode is not 0)
        {
            throw new LocalHostException($"`npm ci` could not install Azurite: {lastLine}");
        }
    }

    private static void RequireNode()
    {
        try
        {
            using var node = Process.Start(
                new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true }
            )!;
            var version = node.StandardOutput.ReadToEnd().Trim().TrimStart('v');
            node.WaitForExit();
            if (!int.TryParse(version.Split('.')[0], out var major) || major < 20)
            {
                throw new LocalHostException(
                    $"Node.js 20 or newer is needed for Azurite, and `node` is {version}: install a newer one."
                );
            }
        }
        catch (Win32Exception e)
        {
            throw new LocalHostException(
                "Node.js 20 or newer is needed for Azurite, and `node` was not found on PATH: install Node.js.",
                e
            );
        }
    }

    private static async Task<(int ExitCode, string LastLine)> RunAsync(
        ProcessStartInfo start,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var child = ChildProcess.Start(start);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            while (!child.HasExited)
            {
                await Task.Delay(50, patience.Token);
            }

            return (child.ExitCode, child.LastLine);
        }
        catch (Win32Exception)
        {
            return (-1, "`npm` was not found on PATH");
        }
    }

    private static async Task<FileStream> TakeTurnAsync(string folder, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(
                    Path.Combine(folder, ".installing"),
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None,
                    1,
                    FileOptions.DeleteOnClose
                );
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(start) < Patience)
            {
                await Task.Delay(100, cancellationToken);
            }
        }
    }
}
