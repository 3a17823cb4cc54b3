using System.Globalization;
using System.Text;

namespace Flows;

/// <summary>
/// Text on one line, of what can be seen: without line breaks, control, format and private characters, and with no
/// other separator than the space.
/// </summary>
internal static class PrintableText
{
    /// <summary>How long the name of an actor may be.</summary>
    public const int MaxName = 100;

    /// <summary>Letters and signs by their category, of which nothing is seen.</summary>
    private static readonly int[] Blanks = [0x115f, 0x1160, 0x2800, 0x3164, 0xffa0];

    public static bool IsLine(string text) => text.EnumerateRunes().All(IsPrintable);

    private static bool IsPrintable(Rune rune) =>
        rune.Value is ' '
        || !Blanks.Contains(rune.Value)
            && Rune.GetUnicodeCategory(rune)
                is not (
                    UnicodeCategory.Control
                    or UnicodeCategory.Format
                    or UnicodeCategory.Surrogate
                    or UnicodeCategory.PrivateUse
                    or UnicodeCategory.OtherNotAssigned
                    or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.SpaceSeparator
                );
}
