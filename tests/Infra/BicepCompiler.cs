using System.Diagnostics;
using System.Reflection;
using TestKit;

namespace Infra.Tests;

/// <summary>The pinned compiler, as a program of its own, in the folder <c>infra</c>.</summary>
internal static class BicepCompiler
{
    private static readonly string? Program = typeof(BicepCompiler)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(it => it.Key is "Bicep")
        ?.Value;

    public static string Folder { get; } = RepositoryRoot.File("infra");

    /// <summary>Why nothing can be compiled here; null where it can.</summary>
    public static string? Missing { get; } =
        Program is null ? "The Bicep compiler is fetched for Linux on x64 only; this machine is another." : null;

    /// <summary>What it says when all is well: nothing but what was asked for.</summary>
    public static string Run(params IReadOnlyList<string> arguments)
    {
        MakeExecutable();
        var start = new ProcessStartInfo(Program!, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What only whoever deploys knows.
        start.Environment["PPRO_MERCHANT_ID"] = "merch_test_only";
        start.Environment["ALERT_EMAIL"] = "operators@example.com";
        start.Environment["BUDGET_STARTS_ON"] = "";

        using var process = Process.Start(start)!;
        var complaints = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal("", complaints.GetAwaiter().GetResult());
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private static void MakeExecutable()
    {
        if (OperatingSystem.IsLinux() && !File.GetUnixFileMode(Program!).HasFlag(UnixFileMode.UserExecute))
        {
            File.SetUnixFileMode(Program!, File.GetUnixFileMode(Program!) | UnixFileMode.UserExecute);
        }
    }
}

/// <summary>A test that needs the compiler; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BicepFactAttribute : FactAttribute
{
    public BicepFactAttribute() => Skip = BicepCompiler.Missing;
}

/// <inheritdoc cref="BicepFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BicepTheoryAttribute : TheoryAttribute
{
    public BicepTheoryAttribute() => Skip = BicepCompiler.Missing;
}
