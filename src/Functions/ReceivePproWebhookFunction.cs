using Flows;
using Microsoft.AspNetCore.Http;
using Ppro;

namespace Functions;

/// <summary>Open to everyone, believed only when signed.</summary>
public sealed class ReceivePproWebhookFunction(ReceivePproWebhook flow)
{
    [Function(nameof(ReceivePproWebhook))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/ppro")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var body = await request.ReadBodyAsync(ReceivePproWebhook.MaxBytes, cancellationToken);
        var (signature, legacy) = (
            request.Header(WebhookSignature.Header),
            request.Header(WebhookSignature.LegacyHeader)
        );
        var reply = await flow.RunAsync(body, signature, legacy, cancellationToken);
        return reply.ToResult();
    }
}
