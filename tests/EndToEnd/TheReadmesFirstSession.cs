using System.Diagnostics;
using System.Text.Json.Nodes;
using TestKit;

namespace EndToEnd.Tests;

/// <summary>What the README prints is what a reader pastes.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class TheReadmesFirstSession(RunningApp running)
{
    [Fact]
    public async Task It_runs_as_printed()
    {
        await using var app = await running.StartAnotherAsync();

        var output = await RunAsync(Printed(), app.Http.BaseAddress!);

        var answers = output.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!);
        var (returned, last) = (answers.ElementAt(1), answers.Last());
        Assert.Equal("ACTIVE", (string?)returned["status"]);
        Assert.Equal("CAPTURED", (string?)returned["charges"]![0]!["status"]);
        Assert.Equal("ACTIVE", (string?)last["status"]);
        Assert.Equal(
            ["CAPTURED", "CAPTURED", "CAPTURED", "CAPTURED"],
            last["charges"]!.AsArray().Select(it => (string?)it!["status"])
        );
        Assert.Equal((3 * 101) + 102, (long)last["capturedAmount"]!);
    }

    private static string Printed()
    {
        var readme = File.ReadAllText(RepositoryRoot.File("README.md"));
        var start = readme.IndexOf("<!-- first-session -->\n```bash\n", StringComparison.Ordinal);
        var script = readme[start..].Split("```")[1];
        return script["bash\n".Length..];
    }

    private static async Task<string> RunAsync(string script, Uri shop)
    {
        var start = new ProcessStartInfo("bash", ["-eu"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["SHOP"] = shop.ToString().TrimEnd('/');
        using var shell = Process.Start(start)!;
        await shell.StandardInput.WriteAsync(script);
        shell.StandardInput.Close();
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.Equal(0, shell.ExitCode);
        return output;
    }
}
