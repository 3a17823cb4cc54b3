using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TestKit;

namespace EndToEnd.Tests;

/// <summary>Webhooks as PPRO sends them, or as someone else does.</summary>
internal static class Webhook
{
    public const string Secret = "test_only_signing_secret_not_a_secret";
    private const string Path = "/api/webhooks/ppro";

    public static byte[] Event(string type, string? reference, string? agreement, DateTimeOffset now) =>
        Encoding.UTF8.GetBytes(
            new JsonObject
            {
                ["specversion"] = "1.0.2",
                ["id"] = Guid.NewGuid().ToString("N")[..21],
                ["type"] = type,
                ["subject"] = agreement,
                ["time"] = now.ToString("O"),
                ["data"] = new JsonObject
                {
                    ["paymentAgreementId"] = agreement,
                    ["merchantPaymentAgreementReference"] = reference,
                },
            }.ToJsonString()
        );

    public static string IdOf(byte[] body) => (string)JsonNode.Parse(body)!["id"]!;

    public static string Sign(byte[] body, DateTimeOffset at)
    {
        var time = at.ToUnixTimeSeconds();
        byte[] message = [.. Encoding.UTF8.GetBytes($"{time}."), .. body];
        return $"t={time},s={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), message))}";
    }

    public static async Task<HttpStatusCode> DeliverAsync(
        this LocalApp app,
        byte[] body,
        string? signature,
        string? contentType = "application/json",
        string? contentEncoding = null,
        HttpMethod? method = null
    ) => (await app.AnswerToAsync(body, signature, contentType, contentEncoding, method)).Status;

    public static async Task<Answered> AnswerToAsync(
        this LocalApp app,
        byte[] body,
        string? signature,
        string? contentType = "application/json",
        string? contentEncoding = null,
        HttpMethod? method = null
    )
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, Path)
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        if (contentEncoding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(contentEncoding);
        }

        if (signature is not null)
        {
            request.Headers.TryAddWithoutValidation("PPRO-Signature", signature);
        }

        using var response = await app.Http.SendAsync(request);
        return await Answered.ReadAsync(response);
    }
}
