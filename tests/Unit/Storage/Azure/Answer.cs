using System.Net;
using System.Text;
using Azure;

namespace Unit.Tests.StorageTests;

/// <summary>An answer of storage's, as it comes over the wire.</summary>
internal sealed record Answer(
    int Status,
    string Body = "{}",
    string ContentType = "application/json",
    params IReadOnlyList<(string Name, string Value)> Headers
)
{
    private const string Message = "said so";

    /// <summary>What Table Storage answers to what it refuses.</summary>
    public static Answer OfTables(int status, string code, params IReadOnlyList<(string Name, string Value)> headers) =>
        new(status, Error(code, Message), Headers: headers);

    /// <summary>What it answers to a transaction: the message begins with the write that was refused.</summary>
    public static Answer OfTransaction(int status, string code, int index) =>
        new(
            202,
            "--batch\r\nContent-Type: multipart/mixed; boundary=changes\r\n\r\n"
                + "--changes\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
                + $"HTTP/1.1 {status} No\r\nContent-Type: application/json;charset=utf-8\r\n\r\n"
                + $"{Error(code, $"{index}:{Message}")}\r\n--changes--\r\n--batch--\r\n",
            "multipart/mixed; boundary=batch"
        );

    /// <summary>What the SDK makes of an answer that refuses.</summary>
    public static RequestFailedException Refusal(int status, string code) =>
        new(status, Message, code, innerException: null);

    public HttpResponseMessage ToHttp()
    {
        var http = new HttpResponseMessage((HttpStatusCode)Status)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body)),
        };
        http.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        foreach (var (name, value) in Headers)
        {
            http.Headers.TryAddWithoutValidation(name, value);
        }

        return http;
    }

    private static string Error(string code, string words) =>
        $"{{\"odata.error\":{{\"code\":\"{code}\",\"message\":{{\"lang\":\"en-US\",\"value\":\"{words}\"}}}}}}";
}
