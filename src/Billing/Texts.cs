namespace Billing;

/// <summary>Texts that are kept in rows have a limit, whoever wrote them.</summary>
public static class Texts
{
    /// <summary>The beginning of a text; a character of two halves is never cut apart.</summary>
    public static string Cut(string text, int max) =>
        text.Length <= max ? text
        : char.IsHighSurrogate(text[max - 1]) ? text[..(max - 1)]
        : text[..max];

    /// <summary>Two ids in an order of their own, whichever was heard of first.</summary>
    internal static string Both(string one, string other) =>
        string.CompareOrdinal(one, other) < 0 ? $"{one} and also {other}" : $"{other} and also {one}";
}
