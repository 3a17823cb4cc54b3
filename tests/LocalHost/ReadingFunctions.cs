using LocalHost;
using LocalHost.Rpc;
using LocalHost.Workers;
using Microsoft.Extensions.Configuration;

namespace HostTests;

/// <summary>What a worker tells of its functions, and what of it cannot run here.</summary>
public sealed class ReadingFunctions
{
    [Fact]
    public void Routes_methods_and_levels_are_read()
    {
        var function = Assert.Single(Read(Http("Greet", "greetings/{name}", "get")));

        var http = Assert.IsType<HttpTrigger>(function.Trigger);
        Assert.Equal("api/greetings/{name}", http.Route);
        Assert.Equal(["GET"], http.Methods);
        Assert.False(http.IsOpen);
    }

    [Fact]
    public void Settings_stand_between_percent_signs()
    {
        var function = Assert.Single(
            Read(Told("Hear", """{"name":"m","type":"queueTrigger","queueName":"%A__Name%"}"""))
        );

        Assert.Equal(new QueueTrigger("given", "AzureWebJobsStorage", IsWhole: false), function.Trigger);
    }

    [Theory]
    [InlineData(
        """{"name":"b","type":"blobTrigger","path":"x"}""",
        "Function F has a blobTrigger; this host knows httpTrigger, queueTrigger and timerTrigger."
    )]
    [InlineData("""{"name":"b","type":"queue"}""", "Function F has no trigger.")]
    [InlineData("""{"name":"b"}""", """Function F has a binding that cannot be read: {"name":"b"}""")]
    [InlineData("""{"name":"q","type":"queueTrigger"}""", "Function F has no queueName.")]
    [InlineData("""{"name":"q","type":"queueTrigger","queueName":"%Missing%"}""", "The setting Missing is not set.")]
    [InlineData(
        """{"name":"t","type":"timerTrigger","schedule":"0 * * * * *","runOnStartup":true}""",
        "Function F asks for RunOnStartup, which would run it at every restart."
    )]
    [InlineData(
        """{"name":"h","type":"httpTrigger","route":"admin/x"}""",
        "Function F has the route admin/x: admin and runtime are the host's."
    )]
    public void What_cannot_run_here_is_named(string binding, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<LocalHostException>(() => Read(Told("F", binding))).Message);

    [Fact]
    public void Two_functions_on_one_route_are_named()
    {
        var twins = Assert.Throws<LocalHostException>(() =>
            Read(Http("One", "things/{id}", "get", "post"), Http("Two", "Things/{name}", "POST"))
        );

        Assert.Equal("The functions One and Two have one route: POST api/things/{}.", twins.Message);
    }

    [Fact]
    public void Two_methods_may_share_a_route() =>
        Assert.Equal(2, Read(Http("One", "things/{id}", "get"), Http("Two", "things/{id}", "patch")).Count);

    [Fact]
    public void Two_functions_of_one_name_are_named() =>
        Assert.Equal(
            "Two functions are named One; names must be unique.",
            Assert.Throws<LocalHostException>(() => Read(Http("One", "a", "get"), Http("One", "b", "get"))).Message
        );

    private static IReadOnlyList<WorkerFunction> Read(params IReadOnlyList<RpcFunctionMetadata> told)
    {
        var settings = new Dictionary<string, string?> { ["A:Name"] = "given" };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new WorkerFunctions(configuration, "api").Read(told);
    }

    private static RpcFunctionMetadata Http(string name, string route, params IEnumerable<string> methods)
    {
        var list = string.Join(',', methods.Select(it => $"\"{it}\""));
        return Told(
            name,
            $$"""{"name":"r","type":"httpTrigger","authLevel":"Function","route":"{{route}}","methods":[{{list}}]}"""
        );
    }

    private static RpcFunctionMetadata Told(string name, string binding) =>
        new()
        {
            FunctionId = name,
            Name = name,
            RawBindings = { binding },
        };
}
