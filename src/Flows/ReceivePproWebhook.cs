using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Ppro;
using Storage;

namespace Flows;

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

    /// <param name="body">The bytes as they came; null when there were more than <see cref="MaxBytes"/>.</param>
    /// <param name="signature">The header <c>PPRO-Signature</c>.</param>
    /// <param name="legacySignature">The header <c>Webhook-Signature</c>.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<Reply> RunAsync(
        ReadOnlyMemory<byte>? body,
        string? signature,
        string? legacySignature,
        CancellationToken cancellationToken
    )
    {
        if (body is not { } raw)
        {
            logger.WebhookRefused("body too large");
            return Problems.BodyTooLarge(MaxBytes);
        }

        var now = clock.GetUtcNow();
        var verdict = WebhookSignature.Verify(raw.Span, signature, legacySignature, rules, now);
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
