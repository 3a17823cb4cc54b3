using Flows.Events;
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
        var webhook = new WebhookRequest(body, request.Header(WebhookSignature.Header))
        {
            LegacySignature = request.Header(WebhookSignature.LegacyHeader),
            ContentType = request.Header("Content-Type"),
            ContentEncoding = request.Header("Content-Encoding"),
        };
        var reply = await flow.RunAsync(webhook, cancellationToken);
        return reply.ToResult();
    }
}
