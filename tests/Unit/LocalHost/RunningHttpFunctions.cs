using System.Net;
using LocalHost;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Unit.Tests.LocalHostTests;

/// <summary>The Functions host's contract for HTTP, over real HTTP.</summary>
public sealed class RunningHttpFunctions : IAsyncLifetime
{
    private const string Key = "a test key, no secret";
    private readonly HttpClient http = new();
    private IHost host = null!;

    public async Task InitializeAsync()
    {
        string[] settings =
        [
            "--LocalHost:Port=0",
            $"--LocalHost:FunctionKey={Key}",
            "--LocalHost:SimulatedClock=false",
            "--LocalHost:Companions:0:Command=",
            "--LocalHost:Clocks:0=",
            "--AzureWebJobsStorage=none",
        ];
        var builder = FunctionsApplication.CreateBuilder(settings, typeof(SampleFunctions).Assembly);
        builder.ConfigureFunctionsWebApplication();
        host = builder.Build();
        await host.StartAsync();
        var addresses = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        http.BaseAddress = new(addresses.Addresses.First());
    }

    public async Task DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        http.Dispose();
    }

    [Fact]
    public async Task Route_values_bind_to_parameters_of_their_name() =>
        Assert.Equal("Greet Mina 3", await http.GetStringAsync("/api/greetings/Mina/3"));

    [Fact]
    public async Task A_function_without_a_route_has_its_name_as_route_and_wants_its_key()
    {
        using var without = await http.PostAsync("/api/Guarded", null);
        using var wrong = await http.PostAsync("/api/Guarded?code=wrong", null);
        using var right = await http.PostAsync($"/api/Guarded?code={Uri.EscapeDataString(Key)}", null);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/Guarded");
        request.Headers.Add("x-functions-key", Key);
        using var byHeader = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Equal(HttpStatusCode.OK, byHeader.StatusCode);
    }

    [Fact]
    public async Task Another_method_is_not_found_as_in_the_Functions_host()
    {
        using var answer = await http.DeleteAsync("/api/Guarded");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_failing_function_answers_500_and_says_nothing()
    {
        using var answer = await http.GetAsync("/api/Failing");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_clock_that_is_not_simulated_does_not_advance()
    {
        using var content = new StringContent("""{"advance":"1.00:00:00"}""");
        using var answer = await http.PostAsync("/__local/clock", content);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }
}
