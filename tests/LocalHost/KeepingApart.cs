using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace HostTests;

/// <summary>
/// Host and worker are two programs with two servers: what is meant for one does not change the other.
/// </summary>
[Collection(ProbeCollection.Name)]
public sealed class KeepingApart(RunningProbe running)
{
    [Theory]
    [InlineData("/AzureFunctionsRpcMessages.FunctionRpc/EventStream")]
    [InlineData("/some.Service/Method")]
    public async Task Callers_find_no_door_for_workers(string path)
    {
        using var body = new ByteArrayContent([]);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");

        using var answer = await running.Host.Http.PostAsync(path, body);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.False(answer.Headers.Contains("grpc-status"));
    }

    [Fact]
    public async Task Variables_of_web_hosting_do_not_reach_the_host()
    {
        await using var host = await ProbeHost.StartAsync(
            running.NewStorage(),
            ("AllowedHosts", "elsewhere.example"),
            ("Kestrel__Limits__MaxRequestLineSize", "8")
        );

        using var root = await host.Http.GetAsync("/");

        Assert.Equal(HttpStatusCode.OK, root.StatusCode);
    }

    [Fact]
    public async Task Addresses_of_web_hosting_do_not_reach_the_worker()
    {
        await using var host = await ProbeHost.StartAsync(
            running.NewStorage(),
            ("Kestrel__Endpoints__Https__Url", "http://127.0.0.1:1"),
            ("ASPNETCORE_URLS", "http://127.0.0.1:1"),
            ("ASPNETCORE_HTTPS_PORTS", "1"),
            ("DOTNET_HTTP_PORTS", "1"),
            ("URLS", "http://127.0.0.1:1"),
            ("HTTPS_PORTS", "1")
        );

        Assert.Equal("Greet Mina 3", await host.Http.GetStringAsync("/api/greetings/Mina/3"));
        Assert.DoesNotContain("Overriding", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_IPv6_host_and_worker_find_each_other_by_IPv4()
    {
        await using var host = await ProbeHost.StartAsync(running.NewStorage(), ("DOTNET_SYSTEM_NET_DISABLEIPV6", "1"));

        Assert.Equal("Greet Mina 3", await host.Http.GetStringAsync("/api/greetings/Mina/3"));
    }

    [Fact]
    public async Task Callers_may_say_localhost_and_mean_either_address()
    {
        string[] names = Socket.OSSupportsIPv6 ? ["localhost", "127.0.0.1", "[::1]"] : ["localhost", "127.0.0.1"];
        foreach (var name in names)
        {
            var url = new Uri($"http://{name}:{running.Host.Http.BaseAddress!.Port}/api/greetings/Mina/3");

            Assert.Equal("Greet Mina 3", await running.Host.Http.GetStringAsync(url));
        }
    }
}
