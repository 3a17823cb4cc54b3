using System.Buffers.Text;
using System.Text;
using System.Text.RegularExpressions;
using Billing;
using Flows.Replies;
using Storage;

namespace Flows.Requests;

/// <summary>Which agreements a caller wants listed, and from where on.</summary>
internal sealed partial record AgreementQuery(AgreementStatus? Status, string? Reference, DirectoryPlace? From)
{
    public static (AgreementQuery? Query, Reply? Problem) Read(string? status, string? reference, string? pageToken)
    {
        AgreementStatus? wanted = status is null ? null : Words.Read<AgreementStatus>(status);
        var from = pageToken is null ? null : PlaceOf(pageToken);
        return (wanted, reference, from) switch
        {
            (null, _, _) when status is not null => Bad(
                $"status must be one of {string.Join(", ", Enum.GetValues<AgreementStatus>().Select(Words.Of))}."
            ),
            (_, { Length: 0 }, _) => Bad("reference must not be empty."),
            (_, _, null) when pageToken is not null => Bad("pageToken must be the nextPageToken of an earlier page."),
            _ => (new(wanted, reference, from), null),
        };
    }

    /// <summary>An opaque text for the place from which the next page goes on.</summary>
    public static string TokenOf(DirectoryPlace place) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{place.Month}/{place.After}"));

    public bool MayInclude(DirectoryEntry entry) => Reference is null || entry.Reference == Reference;

    public bool Includes(Agreement agreement) =>
        Status is null || Status == (agreement.Status ?? AgreementStatus.Initializing);

    private static DirectoryPlace? PlaceOf(string token)
    {
        if (!Base64Url.IsValid(token))
        {
            return null;
        }

        var place = Place().Match(Encoding.ASCII.GetString(Base64Url.DecodeFromChars(token)));
        return place.Success
            ? new(place.Groups[1].Value, place.Groups[2].Length is 0 ? null : place.Groups[2].Value)
            : null;
    }

    private static (AgreementQuery?, Reply?) Bad(string detail) => (null, Problems.BadQuery(detail));

    [GeneratedRegex(@"\A([12][0-9]{3}(?:0[1-9]|1[0-2]))/((?:[0-9]{19}-[a-z0-9]{26})?)\z")]
    private static partial Regex Place();
}
