using System.Net;

namespace HostTests;

/// <summary>How long a body may be: the host has a limit, and the worker's web server another one.</summary>
[Collection(ProbeCollection.Name)]
public sealed class LimitingBodies(RunningProbe running)
{
    private const int Worker = 30_000_000;
    private const int Host = 104_857_600;

    [Fact]
    public async Task What_the_worker_takes_arrives_whole()
    {
        using var answer = await PostAsync(new ByteArrayContent(new byte[Worker]));

        Assert.Equal($"{Worker} bytes", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_is_too_long_for_the_worker_is_an_error_and_harms_nothing()
    {
        using var answer = await PostAsync(new ByteArrayContent(new byte[35_000_000]));

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal("Greet Mina 3", await running.Host.Http.GetStringAsync("/api/greetings/Mina/3"));
    }

    [Fact]
    public async Task What_is_too_long_for_the_host_is_refused()
    {
        using var answer = await PostAsync(new Unsent(Host + 1));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    /// <summary>The body is sent only when it is wanted.</summary>
    private async Task<HttpResponseMessage> PostAsync(HttpContent body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/Count") { Content = body };
        request.Headers.ExpectContinue = true;
        return await running.Host.Http.SendAsync(request);
    }

    private sealed class Unsent(long length) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            throw new InvalidOperationException("Nobody should want this body.");

        protected override bool TryComputeLength(out long announced)
        {
            announced = length;
            return true;
        }
    }
}
