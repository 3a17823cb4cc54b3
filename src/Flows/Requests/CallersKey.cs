namespace Flows.Requests;

/// <summary>The caller's <c>Idempotency-Key</c>.</summary>
public static class CallersKey
{
    public const string Header = "Idempotency-Key";
    public const int MaxLength = 255;

    /// <summary>Visible ASCII, so that it means the same everywhere.</summary>
    public static bool IsValid(string? key) =>
        key is null || (key.Length is > 0 and <= MaxLength && key.All(c => c is > ' ' and < '\u007f'));
}
