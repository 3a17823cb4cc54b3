using Flows.Replies;
using Flows.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Ppro;
using Storage;

namespace Flows.Events;

/// <summary>
/// PPRO tells us what happened: we check that it was PPRO, write it down, and say thank you. The queue is the durable
/// store; nothing is parsed here.
/// </summary>
public sealed class ReceivePproWebhook(
    IQueues queues,
    IOptions<PproOptions> options,
    TimeProvider clock,
    ILogger<ReceivePproWebhook> logger
)
{
    /// <summary>What fits on the queue: 64 KiB after base64, with our header line.</summary>
    public const int MaxBytes = 45 * 1024;

    private readonly SignatureRules rules = new(
        [.. options.Value.SigningSecrets],
        options.Value.AcceptLegacySignature,
        options.Value.SignaturePastLimit,
        TimeSpan.FromMinutes(5)
    );

    /// <summary>Why a webhook is refused is for the log alone: a sender who guesses learns nothing.</summary>
    public async Task<Reply> RunAsync(WebhookRequest request, CancellationToken cancellationToken)
    {
        if (!request.IsPlain || !request.IsJson)
        {
            logger.WebhookRefused(request.IsPlain ? "another content type" : "a content encoding");
            return Problems.UnsupportedMediaType();
        }

        if (request.Body is not { } raw)
        {
            logger.WebhookRefused("body too large");
            return Problems.BodyTooLarge(MaxBytes);
        }

        var now = clock.GetUtcNow();
        var verdict = WebhookSignature.Verify(raw.Span, request.Signature, request.LegacySignature, rules, now);
        if (verdict is not SignatureVerdict.Valid)
        {
            logger.WebhookRefused(verdict.ToString());
            return Problems.SignatureRefused();
        }

        return await QueueAsync(new(now, raw), cancellationToken);
    }

    private async Task<Reply> QueueAsync(QueuedEvent received, CancellationToken cancellationToken)
    {
        try
        {
            await queues.PutAsync(StoreNames.PproEvents, received.ToMessage(), TimeSpan.Zero, cancellationToken);
            return new(200);
        }
        catch (Exception e)
            when (e is Azure.RequestFailedException or AggregateException or IOException or TimeoutException)
        {
            logger.WebhookNotQueued(e);
            return Problems.NotQueued();
        }
    }
}
