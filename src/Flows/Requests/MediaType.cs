using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Flows.Requests;

/// <summary>
/// A <c>Content-Type</c> as RFC 9110 reads it: parameters, their quoted texts, case and spaces change nothing.
/// </summary>
internal static partial class MediaType
{
    public static bool IsOneOf(string contentType, params ReadOnlySpan<string> types)
    {
        var whole = EmptyParameter().Replace(contentType, "$1");
        return MediaTypeHeaderValue.TryParse(whole, out var parsed)
            && types.Contains(parsed.MediaType, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>
    /// A semicolon without a parameter, which the RFC allows and the framework's parser does not; one inside a quoted
    /// text is none.
    /// </summary>
    [GeneratedRegex("(\"(?:[^\"\\\\]|\\\\.)*\")|;[ \\t]*(?=;|$)", RegexOptions.Singleline)]
    private static partial Regex EmptyParameter();
}
