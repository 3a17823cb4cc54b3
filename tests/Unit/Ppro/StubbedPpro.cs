using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Ppro;

namespace Unit.Tests.PproTests;

/// <summary>
/// The wire, faked: it records what was sent and answers what it was told, and throws when it was told nothing.
/// </summary>
internal sealed class StubbedPpro : HttpMessageHandler
{
    private readonly Queue<Func<CancellationToken, Task<HttpResponseMessage>>> answers = new();

    public StubbedPpro()
    {
        var http = new HttpClient(this) { BaseAddress = new("http://ppro.test/"), Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Add("Merchant-Id", "merch_test");
        Client = new(http, Clock);
    }

    public FakeTimeProvider Clock { get; } = new();

    public PproClient Client { get; }

    public List<(HttpRequestMessage Request, byte[] Body)> Sent { get; } = [];

    public StubbedPpro Answers(int status, string body, params (string Name, string Value)[] headers)
    {
        answers.Enqueue(_ =>
        {
            var response = new HttpResponseMessage((HttpStatusCode)status)
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
            };
            foreach (var (name, value) in headers)
            {
                response.Headers.Add(name, value);
            }

            return Task.FromResult(response);
        });
        return this;
    }

    public StubbedPpro Fails(Exception failure)
    {
        answers.Enqueue(_ => throw failure);
        return this;
    }

    /// <summary>Never answers; ends only when the caller gives up.</summary>
    public StubbedPpro StaysSilent()
    {
        answers.Enqueue(async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            throw new InvalidOperationException("unreachable");
        });
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        Sent.Add((request, body));
        return await answers.Dequeue()(cancellationToken);
    }
}
