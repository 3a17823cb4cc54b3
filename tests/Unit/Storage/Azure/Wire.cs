using Azure.Core;
using Azure.Core.Pipeline;
using Moq;
using Storage;

namespace Unit.Tests.StorageTests;

/// <summary>
/// In place of the wire: each try is answered by the next of these, or fails with it. All that comes before it is the
/// clients' own.
/// </summary>
internal sealed class Wire(params IReadOnlyList<object> answers) : HttpMessageHandler
{
    public int Tries { get; private set; }

    /// <summary>Clients of an account that is reached with a key.</summary>
    public StorageClients Connect(params IReadOnlyList<HttpPipelinePolicy> policies) =>
        StorageClients.Connect(
            new HttpClient(this),
            "DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=c2hvcA==;EndpointSuffix=core.windows.net",
            policies
        );

    /// <summary>Clients of an account that is reached with a token.</summary>
    public StorageClients Connect(Mock<TokenCredential> credential) =>
        StorageClients.Connect(
            new HttpClient(this),
            new Uri("https://shop.table.core.windows.net"),
            new Uri("https://shop.queue.core.windows.net"),
            credential.Object,
            []
        );

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var answer = answers[Math.Min(Tries++, answers.Count - 1)];
        return answer is Exception lost ? throw lost : Task.FromResult(((Answer)answer).ToHttp());
    }
}
