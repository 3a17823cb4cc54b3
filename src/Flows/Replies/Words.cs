using System.Text;

namespace Flows.Replies;

/// <summary>PPRO's spelling of our enums: <c>RevokedByConsumer</c> is <c>REVOKED_BY_CONSUMER</c>.</summary>
public static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        var word = new StringBuilder(name.Length + 4);
        foreach (var (index, letter) in name.Index())
        {
            if (index > 0 && char.IsUpper(letter))
            {
                word.Append('_');
            }

            word.Append(char.ToUpperInvariant(letter));
        }

        return word.ToString();
    }

    /// <summary>The enum's value that PPRO spells so; null for none.</summary>
    public static T? Read<T>(string word)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Of(value) == word)
            {
                return value;
            }
        }

        return null;
    }
}
