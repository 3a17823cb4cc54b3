using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TestKit;

namespace Infra.Tests;

/// <summary>Whatever the app says is wrong, and whatever it no longer says, somebody hears of.</summary>
public sealed partial class WakingPeople
{
    private const string Rules = "Microsoft.Insights/scheduledQueryRules";

    [BicepTheory]
    [InlineData("charging-stopped")]
    [InlineData("charging-refused")]
    [InlineData("cap-reached")]
    [InlineData("clock-skew")]
    [InlineData("exception-raised")]
    [InlineData("baton-lost")]
    [InlineData("poison-emptied")]
    [InlineData("poison-stays")]
    [InlineData("event-quarantined")]
    [InlineData("webhook-refused")]
    [InlineData("webhook-5xx")]
    [InlineData("webhook-not-queued")]
    [InlineData("timer-silent")]
    [InlineData("walk-silent")]
    public void A_failure_has_its_alert(string name) =>
        Assert.Single(
            Deployment.Prod.Names(Rules),
            it => it.StartsWith($"{name}-kakaopay-prod-", StringComparison.Ordinal)
        );

    [BicepFact]
    public void Everything_that_is_logged_as_an_error_has_an_alert() =>
        Assert.Empty(LogEvents.Errors.Except(Queries.SelectMany(EventsIn)));

    [BicepFact]
    public void Every_event_that_an_alert_waits_for_is_logged()
    {
        Assert.NotEmpty(Queries.SelectMany(EventsIn));
        Assert.Empty(Queries.SelectMany(EventsIn).Except(LogEvents.All));
    }

    /// <summary>The words of a reason, where an alert is about one of several reasons.</summary>
    [BicepFact]
    public void Every_word_that_an_alert_waits_for_is_said()
    {
        var gate = File.ReadAllText(RepositoryRoot.File("src", "Flows", "Sending", "ChargingGate.cs"));
        var words = Queries.SelectMany(it => Said().Matches(it)).Select(it => it.Groups[1].Value).ToList();

        Assert.Equal(["cap is reached", "the clock is"], words.Order());
        Assert.All(words, it => Assert.Contains(it, gate, StringComparison.Ordinal));
    }

    [BicepFact]
    public void Every_function_that_an_alert_waits_for_is_there()
    {
        var functions = Queries.SelectMany(it => Functions().Matches(it)).Select(it => it.Groups[1].Value).ToList();

        Assert.Equal(["IssueRecurringCharges", "ReceivePproWebhook", "WalkAgreements"], functions.Order());
        Assert.Empty(functions.Except(FunctionNames.All));
    }

    /// <summary>Nothing says that it is silent: what is counted is what should be there.</summary>
    [BicepTheory]
    [InlineData("timer-silent")]
    [InlineData("walk-silent")]
    public void Silence_is_an_alert(string name)
    {
        var criterion = Criterion(
            Deployment.Prod.All(Rules).Single(it => ((string)it["name"]!).StartsWith(name, StringComparison.Ordinal))
        );

        Assert.Equal("Count", (string?)criterion["timeAggregation"]);
        Assert.Equal("LessThan", (string?)criterion["operator"]);
        Assert.Equal(1, (int)criterion["threshold"]!);
    }

    [BicepFact]
    public void Every_alert_says_what_to_do_and_tells_somebody()
    {
        var rules = Deployment.Prod.All(Rules).Concat(Deployment.Prod.All("Microsoft.Insights/metricAlerts")).ToList();

        Assert.All(
            rules,
            it => Assert.Matches(@"^\w.{20,} Runbook: .{20,}\.$", (string)it["properties"]!["description"]!)
        );
        Assert.All(rules, it => Assert.True((bool)it["properties"]!["enabled"]!));
        Assert.All(rules, it => Assert.Contains("actionGroupId", it["properties"]!["actions"]!.ToJsonString()));
        Assert.Equal(rules.Count, rules.Select(it => (string?)it["name"]).Distinct().Count());
    }

    [BicepFact]
    public void In_prod_there_is_somebody_to_tell()
    {
        const string People = "Microsoft.Insights/actionGroups";

        Assert.Single(Deployment.Prod.One(People)["properties"]!["emailReceivers"]!.AsArray());
        Assert.DoesNotContain(
            "alertEmail = readEnvironmentVariable('ALERT_EMAIL',",
            File.ReadAllText(Path.Combine(BicepCompiler.Folder, "prod.bicepparam"))
        );
    }

    [BicepFact]
    public void Health_is_asked_from_outside()
    {
        var test = Deployment.Prod.One("Microsoft.Insights/webtests")["properties"]!;
        var alert = Deployment.Prod.One("Microsoft.Insights/metricAlerts")["properties"]!;

        Assert.EndsWith(
            ".azurewebsites.net/api/health",
            (string)test["Request"]!["RequestUrl"]!,
            StringComparison.Ordinal
        );
        Assert.Equal(200, (int)test["ValidationRules"]!["ExpectedHttpStatusCode"]!);
        Assert.True((bool)test["Enabled"]!);
        Assert.Equal(2, (int)alert["criteria"]!["failedLocationCount"]!);
    }

    [BicepFact]
    public void Every_event_of_the_workbook_is_logged()
    {
        var workbook = (string)Deployment.Prod.One("Microsoft.Insights/workbooks")["properties"]!["serializedData"]!;
        var events = JsonNode.Parse(workbook)!["items"]!
            .AsArray()
            .Select(it => (string?)it!["content"]!["query"] ?? "")
            .SelectMany(EventsIn)
            .ToList();

        Assert.NotEmpty(events);
        Assert.Empty(events.Except(LogEvents.All));
    }

    /// <summary>Alerts count rows: those that a sample leaves out would not be there.</summary>
    [Fact]
    public void What_alerts_count_is_not_sampled()
    {
        var host = JsonNode.Parse(File.ReadAllText(RepositoryRoot.File("host.json")))!;
        var sampling = host["logging"]!["applicationInsights"]!["samplingSettings"]!;

        Assert.Equal("Exception;Request;Trace", (string?)sampling["excludedTypes"]);
    }

    private static IEnumerable<string> Queries =>
        Deployment.Prod.All(Rules).Select(it => (string)Criterion(it)["query"]!);

    private static JsonNode Criterion(JsonObject rule) =>
        Assert.Single(rule["properties"]!["criteria"]!["allOf"]!.AsArray())!;

    /// <summary>The names that a query compares the line's event with.</summary>
    private static IEnumerable<string> EventsIn(string query) =>
        Compared()
            .Matches(query)
            .SelectMany(it => Quoted().Matches(it.Groups[1].Value))
            .Select(it => it.Groups[1].Value);

    [GeneratedRegex("""where event (?:==|in) (\([^)]*\)|"\w+")""")]
    private static partial Regex Compared();

    [GeneratedRegex("\"(\\w+)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex("""said contains "([^"]+)"$""")]
    private static partial Regex Said();

    [GeneratedRegex("""where name == "(\w+)" """)]
    private static partial Regex Functions();
}
