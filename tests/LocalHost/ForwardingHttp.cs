using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using TestKit;

namespace HostTests;

/// <summary>The Functions host's contract for HTTP, over real HTTP and with a real worker.</summary>
[Collection(ProbeCollection.Name)]
public sealed class ForwardingHttp(RunningProbe running)
{
    private readonly ProbeHost host = running.Host;

    [Fact]
    public async Task Route_values_bind_to_parameters_of_their_name() =>
        Assert.Equal("Greet Mina 3", await host.Http.GetStringAsync("/api/greetings/Mina/3"));

    [Fact]
    public async Task What_a_route_constraint_refuses_is_not_found()
    {
        using var answer = await host.Http.GetAsync("/api/greetings/Mina/often");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_function_without_a_route_has_its_name_as_route_and_wants_its_key()
    {
        using var without = await PostAsync("/api/Guarded", null);
        using var wrong = await PostAsync("/api/Guarded?code=wrong", null);
        using var right = await PostAsync($"/api/Guarded?code={Uri.EscapeDataString(ProbeHost.Key)}", null);
        using var byHeader = await PostAsync("/api/Guarded", ProbeHost.Key);

        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Equal("in, 5", await byHeader.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_root_is_a_page_of_links()
    {
        var page = await host.Http.GetStringAsync("/");

        Assert.Contains("<a href=\"/api/Show\">/api/Show</a>", page, StringComparison.Ordinal);
        Assert.Contains("queueTrigger: probe", page, StringComparison.Ordinal);
        Assert.Contains("/api/greetings/{name}", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/api/greetings", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_method_is_not_found_as_in_the_Functions_host()
    {
        using var answer = await host.Http.DeleteAsync("/api/Guarded");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_function_that_throws_is_a_500_that_says_nothing()
    {
        using var answer = await host.Http.GetAsync("/api/Failing");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_function_that_throws_after_it_began_to_answer_breaks_off() =>
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => host.Http.GetStringAsync("/api/FailingLate"));

    [Fact]
    public async Task A_forged_invocation_id_is_overwritten()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/Show");
        request.Headers.Add("x-ms-invocation-id", "forged");

        using var answer = await host.Http.SendAsync(request);

        var shown = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.NotEqual("forged", (string?)shown["correlation"]);
        Assert.Equal((string?)shown["invocation"], (string?)shown["correlation"]);
    }

    [Fact]
    public async Task A_callers_trace_goes_on_in_the_function()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/Show");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        using var answer = await host.Http.SendAsync(request);

        var shown = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", (string?)shown["trace"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_worker_sees_the_callers_host_its_folder_and_the_settings_of_the_file()
    {
        var shown = await host.ShowAsync();

        Assert.Equal(host.Http.BaseAddress!.Authority, (string?)shown["host"]);
        Assert.Equal(Programs.Probe, (string?)shown["folder"]);
        Assert.Equal("from the file", (string?)shown["setting"]);
    }

    [Fact]
    public async Task Redirects_and_cookies_pass_as_they_are()
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

        using var answer = await http.GetAsync(new Uri(host.Http.BaseAddress!, "/api/Redirect"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("https://example.com/there", answer.Headers.Location?.ToString());
        Assert.Equal(2, answer.Headers.GetValues("Set-Cookie").Count());
    }

    [Fact]
    public async Task A_caller_that_hangs_up_cancels_its_function_and_is_no_error()
    {
        using var hangingUp = new CancellationTokenSource();
        var call = host.Http.GetAsync("/api/slow/gone/60000", hangingUp.Token);
        await host.SeeNoteAsync("gone began at /api/slow/gone/60000");

        await hangingUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        await host.SeeNoteAsync("gone was cancelled");
        await SeeLoggedAsync("Later");
        Assert.DoesNotContain("Function Slow", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_worker_logs_is_said_with_its_invocation()
    {
        await SeeLoggedAsync("Logged");

        Assert.DoesNotContain("Now listening on", host.Output, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent("hello", Encoding.UTF8),
        };
        if (key is not null)
        {
            request.Headers.Add("x-functions-key", key);
        }

        return await host.Http.SendAsync(request);
    }

    /// <summary>By when everything before it has been said.</summary>
    private async Task SeeLoggedAsync(string name)
    {
        await host.Http.GetStringAsync($"/api/greetings/{name}/1");
        var line = new Regex($@"Greeting {name} by GET\. \[[0-9a-f-]{{36}}\]");
        await Eventually.TrueAsync(
            () => Task.FromResult(line.IsMatch(host.Output)),
            $"the greeting is logged. {host.Output}"
        );
    }
}
