using System.Text.Json.Nodes;
using TestKit;

namespace Unit.Tests.Layout;

/// <summary>What the queues' safety was reckoned with is stated, never left to a default.</summary>
public sealed class HostJson
{
    [Theory]
    [InlineData("batchSize", "16")]
    [InlineData("newBatchThreshold", "8")]
    [InlineData("maxDequeueCount", "5")]
    [InlineData("visibilityTimeout", "00:00:30")]
    [InlineData("maxPollingInterval", "00:00:02")]
    [InlineData("messageEncoding", "none")]
    public void The_queue_settings_are_stated(string name, string value) =>
        Assert.Equal(value, Read()["extensions"]!["queues"]![name]!.ToString());

    [Fact]
    public void A_function_may_run_ten_minutes() => Assert.Equal("00:10:00", (string?)Read()["functionTimeout"]);

    /// <summary>An idle minute would otherwise be some five hundred lines of the storage clients' requests.</summary>
    [Theory]
    [InlineData("default", "Information")]
    [InlineData("Azure.Core", "Warning")]
    [InlineData("Azure.Storage.Queues", "Warning")]
    [InlineData("Microsoft.AspNetCore", "Warning")]
    public void What_is_logged_is_ours(string category, string level) =>
        Assert.Equal(level, (string?)Read()["logging"]!["logLevel"]![category]);

    private static JsonNode Read() => JsonNode.Parse(File.ReadAllText(RepositoryRoot.File("host.json")))!;
}
