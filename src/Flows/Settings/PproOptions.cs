using System.ComponentModel.DataAnnotations;

namespace Flows;

/// <summary>
/// How we speak with PPRO. There are no defaults for addresses and secrets: a missing one stops the start.
/// </summary>
public sealed class PproOptions
{
    public const string Section = "Ppro";

    /// <summary>
    /// Sandbox <c>https://api.sandbox.eu.ppro.com</c>, live <c>https://api.eu.ppro.com</c> (PPRO §1).
    /// </summary>
    [Required]
    public required Uri BaseUrl { get; init; }

    [Required]
    public required string ApiKey { get; init; }

    /// <summary><c>merch_…</c>, the merchant that every call is made for.</summary>
    [Required]
    public required string MerchantId { get; init; }

    /// <summary>Where PPRO delivers webhooks: the public address of <c>/api/webhooks/ppro</c>.</summary>
    [Required]
    public required Uri WebhooksUrl { get; init; }

    /// <summary>The signing secrets that are valid now: more than one while a secret is rotated.</summary>
    [Required, MinLength(1)]
    public required string[] SigningSecrets { get; init; }

    /// <summary>Also accept the deprecated <c>Webhook-Signature</c>.</summary>
    public bool AcceptLegacySignature { get; init; }

    /// <summary>How old a signature may be: longer than PPRO's retry ladder of 68 h.</summary>
    public TimeSpan SignaturePastLimit { get; init; } = TimeSpan.FromHours(72);

    /// <summary>
    /// Send <c>initiator</c>, <c>scheduleType</c> and <c>order</c> with scheduled charges (PPRO §14.2).
    /// </summary>
    public bool SendChargeContext { get; init; } = true;

    /// <summary>Writes per second when PPRO's headers have not said yet: the sandbox's limit (PPRO §10).</summary>
    [Range(1, 1000)]
    public int WritesPerSecond { get; init; } = 5;
}
