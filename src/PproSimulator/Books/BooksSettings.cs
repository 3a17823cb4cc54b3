namespace PproSimulator;

/// <summary>
/// How this PPRO behaves. The defaults are PPRO's documented behaviour (docs/ppro.md, Calls, and what follows there),
/// or what we assume where it is open (docs/ppro.md, What is not known); everything invented is off.
/// </summary>
public sealed record BooksSettings
{
    public string ApiKey { get; init; } = "key_sandbox_test_only_not_a_secret";

    public string MerchantId { get; init; } = "merch_test_only";

    public string MerchantName { get; init; } = "Demo Shop";

    /// <summary>Every delivery is signed with the last one: the others are being rotated out.</summary>
    public string[] SigningSecrets { get; init; } = ["test_only_signing_secret_not_a_secret"];

    /// <summary>Where events go whose resource names no address.</summary>
    public string? DefaultWebhooksUrl { get; init; }

    /// <summary>PPRO delivers to https only; a local run needs http on loopback.</summary>
    public bool AllowHttpLoopbackWebhooks { get; init; } = true;

    /// <summary>
    /// Amounts 300000 to 400000 are declined, as PPRO's mock method does (docs/ppro.md, The sandbox).
    /// </summary>
    public bool MockAmounts { get; init; }

    /// <summary>
    /// Charges answer AUTHORIZATION_ASYNC first and are captured after this long; null captures at once. Which
    /// of the two KakaoPay does is not known.
    /// </summary>
    public TimeSpan? AsyncCaptureAfter { get; init; }

    /// <summary>
    /// Refunds answer PENDING first and are done after this long; null refunds at once. Which of the two KakaoPay does
    /// is not known.
    /// </summary>
    public TimeSpan? PendingRefundFor { get; init; }

    /// <summary>
    /// Business refusals answer HTTP 400, as an older page of PPRO's has it, instead of 200 with FAILED.
    /// </summary>
    public bool RefusalsAs400 { get; init; }

    /// <summary>Also send the deprecated <c>Webhook-Signature</c>.</summary>
    public bool LegacySignatureToo { get; init; }

    /// <summary>
    /// The signature's time stays that of the first delivery; whether PPRO renews it is not published.
    /// </summary>
    public bool FreezeSignatureTime { get; init; }

    /// <summary>How long the consumer may take; at KakaoPay nobody has said.</summary>
    public TimeSpan ApprovalTimeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// For so long after its activation an agreement's charges are declined with AGREEMENT_INACTIVE, but for the one
    /// that came with it; null for not at all.
    /// </summary>
    public TimeSpan? InactiveFor { get; init; }

    /// <summary>Requests per second and at once, reads and writes apart.</summary>
    public int RateLimit { get; init; } = 50;

    public int Burst { get; init; } = 100;

    /// <summary>Webhooks under way at once, of different resources; one resource's go one after the other.</summary>
    public int DeliveriesAtOnce { get; init; } = 8;

    /// <summary>Entries of a page of the search; PPRO's number is not published.</summary>
    public int PageSize { get; init; } = 20;
}
