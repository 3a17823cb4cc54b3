namespace Billing;

/// <summary>Texts that are kept in rows have a limit, whoever wrote them.</summary>
public static class Texts
{
    /// <summary>The beginning of a text; a character of two halves is never cut apart.</summary>
    public static string Cut(string text, int max) =>
        text.Length <= max ? text
        : char.IsHighSurrogate(text[max - 1]) ? text[..(max - 1)]
        : text[..max];
}
