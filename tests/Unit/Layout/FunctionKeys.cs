using System.Text.RegularExpressions;
using TestKit;

namespace Unit.Tests.Layout;

/// <summary>Everything but PPRO's webhooks and the health check asks for a function key.</summary>
public sealed partial class FunctionKeys
{
    private static readonly string[] Open = ["HealthFunction.cs", "ReceivePproWebhookFunction.cs"];

    [Fact]
    public void Only_webhooks_and_health_are_open_to_everyone()
    {
        var triggers = Directory
            .EnumerateFiles(RepositoryRoot.File("src", "Functions"), "*Function.cs")
            .SelectMany(file =>
                Trigger().Matches(File.ReadAllText(file)).Select(it => (Path.GetFileName(file), it.Groups[1].Value))
            )
            .ToList();

        Assert.True(triggers.Count > 20);
        Assert.Equal(Open, triggers.Where(it => it.Value is "Anonymous").Select(it => it.Item1).Order());
        Assert.All(triggers.Where(it => !Open.Contains(it.Item1)), it => Assert.Equal("Function", it.Value));
    }

    [GeneratedRegex(@"\[HttpTrigger\(AuthorizationLevel\.(\w+),")]
    private static partial Regex Trigger();
}
