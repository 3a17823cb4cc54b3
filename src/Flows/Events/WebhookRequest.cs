using Flows.Requests;

namespace Flows.Events;

/// <summary>A webhook as it came, not believed yet.</summary>
/// <param name="Body">The bytes; null when there were more than <see cref="ReceivePproWebhook.MaxBytes"/>.</param>
/// <param name="Signature">The header <c>PPRO-Signature</c>.</param>
public sealed record WebhookRequest(ReadOnlyMemory<byte>? Body, string? Signature)
{
    /// <summary>The deprecated header <c>Webhook-Signature</c>.</summary>
    public string? LegacySignature { get; init; }

    public string? ContentType { get; init; }

    public string? ContentEncoding { get; init; }

    /// <summary>
    /// JSON, or a CloudEvent in JSON, with whatever parameters. A sender that does not say is let through
    /// to its signature.
    /// </summary>
    internal bool IsJson =>
        string.IsNullOrWhiteSpace(ContentType)
        || MediaType.IsOneOf(ContentType, "application/json", "application/cloudevents+json");

    /// <summary>The signature covers the bytes as they are sent: nothing is unpacked before it is verified.</summary>
    internal bool IsPlain =>
        string.IsNullOrWhiteSpace(ContentEncoding)
        || ContentEncoding.Trim().Equals("identity", StringComparison.OrdinalIgnoreCase);
}
