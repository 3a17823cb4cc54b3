using System.Text.RegularExpressions;
using Microsoft.Net.Http.Headers;

namespace PproSimulator;

/// <summary>One of PPRO's endpoints, with the ids of its path. Faults are planned by operation.</summary>
internal sealed record Route(string Name, string Operation, string Id = "", string SubId = "");

internal static partial class Routes
{
    /// <summary>The route, or what is wrong; neither for a path that PPRO does not have.</summary>
    public static (Route? Route, (int Status, string Message)? Problem) Find(BooksRequest request)
    {
        var parts = request.Path.Trim('/').Split('/');
        var routes = (string[])["GET", "POST"];
        var allowed = routes.Where(method => Find(method, parts) is not null).ToList();
        if (allowed.Count is 0)
        {
            return (null, null);
        }

        if (!allowed.Contains(request.Method))
        {
            return (null, (405, "Method not allowed"));
        }

        return request.Method is "POST" && !IsJson(request.ContentType)
            ? (null, (415, "Unsupported media type"))
            : (Find(request.Method, parts), null);
    }

    /// <summary>
    /// As RFC 9110 reads it. A semicolon without a parameter is allowed there, and the framework knows it at the end.
    /// </summary>
    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(EmptyParameter().Replace(contentType ?? string.Empty, "$1"), out var parsed)
        && parsed.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("(\"(?:[^\"\\\\]|\\\\.)*\")|;[ \\t]*(?=;|$)", RegexOptions.Singleline)]
    private static partial Regex EmptyParameter();

    private static Route? Find(string method, string[] parts) =>
        (method, parts) switch
        {
            ("POST", ["v1", "payment-agreements"]) => new("createAgreement", "createAgreement"),
            ("GET", ["v1", "payment-agreements", var id]) => new("readAgreement", "readAgreement", id),
            ("POST", ["v1", "payment-agreements", var id, "revocations"]) => new("revoke", "revoke", id),
            ("POST", ["v1", "payment-agreements", var id, "payment-charges"]) => new("charge", "charge", id),
            ("GET", ["v1", "payment-charges"]) => new("search", "search"),
            ("GET", ["v1", "payment-charges", var id]) => new("readCharge", "readCharge", id),
            ("POST", ["v1", "payment-charges", var id, "refunds"]) => new("refund", "refund", id),
            ("GET", ["v1", "payment-charges", var id, "refunds"]) => new("listRefunds", "search", id),
            ("GET", ["v1", "payment-charges", var id, "refunds", var refund]) => new(
                "readRefund",
                "readCharge",
                id,
                refund
            ),
            ("GET", ["v1", "payment-charges", var id, "funds-statuses"]) => new("readFunds", "readCharge", id),
            ("POST", ["v1", "payment-charges", var id, "captures" or "voids"]) => new("captureOrVoid", "any", id),
            _ => null,
        };
}
