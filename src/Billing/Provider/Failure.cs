namespace Billing;

/// <summary>
/// Why PPRO or the provider said no. <paramref name="IsRetryable"/> is missing in webhooks, and for
/// methods that do not fill it; when present it wins over our table.
/// </summary>
public sealed record Failure(
    string? Type,
    string? Code,
    string? Message,
    bool? IsRetryable,
    string? ProviderCode = null
)
{
    /// <summary>
    /// The newer word, with what only the older one says: an event may name a code that the read after it leaves out.
    /// </summary>
    public static Failure? Merge(Failure? newer, Failure? older) =>
        (newer, older) switch
        {
            (null, _) => older,
            (_, null) => newer,
            _ => new(
                newer.Type ?? older.Type,
                newer.Code ?? older.Code,
                newer.Message ?? older.Message,
                newer.IsRetryable ?? older.IsRetryable,
                newer.ProviderCode ?? older.ProviderCode
            ),
        };
}
