namespace PproSimulator;

/// <summary>
/// PPRO's idempotency keys (docs/ppro.md, Idempotency keys): kept 24 h with the bytes they came with. The outcome of
/// every request that had an effect is kept, whatever the caller heard; a key whose request executed nothing is
/// forgotten.
/// </summary>
internal sealed class KeyBook
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
    private readonly Dictionary<(string Merchant, string Key), Entry> entries = [];

    public KeyFinding Find(BooksRequest request, DateTimeOffset now)
    {
        if (
            !entries.TryGetValue((request.MerchantId!, request.IdempotencyKey!), out var entry)
            || now - entry.At >= Lifetime
        )
        {
            return new(false, null);
        }

        return entry.Path == request.Path && entry.Body.AsSpan().SequenceEqual(request.Body.Span)
            ? new(false, entry.Answer)
            : new(true, null);
    }

    public void Keep(BooksRequest request, BooksAnswer answer, DateTimeOffset now) =>
        entries[(request.MerchantId!, request.IdempotencyKey!)] = new(
            request.Path,
            request.Body.ToArray(),
            answer,
            now
        );

    private sealed record Entry(string Path, byte[] Body, BooksAnswer Answer, DateTimeOffset At);
}

/// <summary>A conflict, an answer to give again, or neither.</summary>
internal sealed record KeyFinding(bool IsConflict, BooksAnswer? Stored);
