namespace Billing;

/// <summary>
/// Why PPRO or the provider said no (PPRO §9.2). <paramref name="IsRetryable"/> is missing in webhooks, and for
/// methods that do not fill it; when present it wins over our table.
/// </summary>
public sealed record Failure(
    string? Type,
    string? Code,
    string? Message,
    bool? IsRetryable,
    string? ProviderCode = null
);
