using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TestKit;

namespace EndToEnd.Tests;

/// <summary>What a shop's engineer does, and what the consumer does in the browser.</summary>
public static class Storefront
{
    public static Task<Answered> PostAsync(this LocalApp app, string path, byte[] body, string? key = null) =>
        app.SendAsync(HttpMethod.Post, path, body, key);

    public static Task<Answered> PatchAsync(this LocalApp app, string path, JsonNode body) =>
        app.SendAsync(HttpMethod.Patch, path, Encoding.UTF8.GetBytes(body.ToJsonString()), null);

    private static async Task<Answered> SendAsync(
        this LocalApp app,
        HttpMethod method,
        string path,
        byte[] body,
        string? key
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await app.Http.SendAsync(request);
        return await Answered.ReadAsync(response);
    }

    public static Task<Answered> PostAsync(this LocalApp app, string path, JsonNode body, string? key = null) =>
        app.PostAsync(path, Encoding.UTF8.GetBytes(body.ToJsonString()), key);

    public static async Task<Answered> GetAsync(this LocalApp app, string path)
    {
        using var response = await app.Http.GetAsync(path);
        return await Answered.ReadAsync(response);
    }

    /// <summary>A request for an agreement that is right; change what the test is about.</summary>
    public static JsonObject AgreementRequest() =>
        new()
        {
            ["paymentMethod"] = "KAKAOPAY",
            ["consumer"] = new JsonObject { ["name"] = "김카카오", ["country"] = "KR" },
            ["amount"] = new JsonObject { ["value"] = 9900, ["currency"] = "KRW" },
            ["authenticationSettings"] = new JsonArray(
                new JsonObject
                {
                    ["type"] = "REDIRECT",
                    ["settings"] = new JsonObject { ["returnUrl"] = "https://shop.example/return" },
                }
            ),
        };

    /// <summary>Sets the field at a pointer to this JSON, or removes it.</summary>
    public static void Set(this JsonNode request, string field, string? json)
    {
        var parts = field[1..].Split('/');
        var parent = parts[..^1]
            .Aggregate(request, (at, name) => int.TryParse(name, out var index) ? at[index]! : at[name]!);
        if (json is null)
        {
            parent.AsObject().Remove(parts[^1]);
        }
        else
        {
            parent[parts[^1]] = JsonNode.Parse(json);
        }
    }

    public static JsonObject ChargeRequest(long value, string? reference = null)
    {
        var json = new JsonObject
        {
            ["amount"] = new JsonObject { ["value"] = value, ["currency"] = "KRW" },
        };
        if (reference is not null)
        {
            json["merchantPaymentChargeReference"] = reference;
        }

        return json;
    }

    /// <summary>Makes an agreement and approves it as the consumer would; our id.</summary>
    public static async Task<string> ActiveAgreementAsync(this LocalApp app, JsonNode? request = null)
    {
        var created = await app.PostAsync("/api/agreements", request ?? AgreementRequest());
        Assert.True(created.Status is HttpStatusCode.Created, $"{created.Text}\n{app.Output}");
        await app.DecideAsync(created.Json, "approve");
        var id = (string)created.Json["id"]!;
        await app.SeeAsync(id, agreement => (string?)agreement["status"] is "ACTIVE");
        return id;
    }

    /// <summary>A single charge of a new agreement, captured; its path.</summary>
    public static async Task<string> CapturedChargeAsync(this LocalApp app, long value)
    {
        var id = await app.ActiveAgreementAsync();
        var charged = await app.PostAsync($"/api/agreements/{id}/payment-charges", ChargeRequest(value, "CHARGED"));
        return charged.Location!.OriginalString;
    }

    public static JsonObject RefundRequest(long amount) =>
        new() { ["amount"] = amount, ["refundReason"] = "CUSTOMER_REQUEST" };

    /// <summary>The consumer presses a button on the approval page; where the browser is sent.</summary>
    public static async Task<Uri?> DecideAsync(this LocalApp app, JsonNode agreement, string decision)
    {
        var url = (string)agreement["authenticationMethods"]![0]!["details"]!["requestUrl"]!;
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("decision", decision)]);
        using var response = await browser.PostAsync(url, form);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        _ = app;
        return response.Headers.Location;
    }

    /// <summary>Waits until the agreement is as described, and returns it.</summary>
    public static Task<JsonNode> SeeAsync(this LocalApp app, string id, Func<JsonNode, bool> isSo) =>
        Eventually.GetAsync(
            async () =>
            {
                var seen = await app.GetAsync($"/api/agreements/{id}");
                return isSo(seen.Json) ? seen.Json : null;
            },
            $"agreement {id}.\n{app.Output}"
        );

    /// <summary>What the simulator's books say.</summary>
    public static async Task<JsonArray> BooksAsync(this LocalApp app, string what) =>
        (JsonArray)JsonNode.Parse(await app.Ppro.GetStringAsync($"/__sim/{what}"))!;

    /// <summary>The charges that PPRO really has for this agreement of ours.</summary>
    public static async Task<List<JsonNode>> ChargesAtPproAsync(this LocalApp app, string id) =>
        [.. (await app.BooksAsync("charges")).Where(it => (string?)it!["agreementReference"] == id).Select(it => it!)];

    /// <summary>What of this charge was refunded in PPRO's books.</summary>
    public static async Task<IEnumerable<long>> RefundedAtPproAsync(this LocalApp app, JsonNode charge) =>
        (await app.BooksAsync("charges")).Single(it => (string?)it!["id"] == (string?)charge["paymentChargeId"])![
            "refunds"
        ]!
            .AsArray()
            .Where(it => (string?)it!["status"] is "REFUNDED")
            .Select(it => (long)it!["amount"]!);

    public static async Task PlayAsync(this LocalApp app, string what, object body)
    {
        using var content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var response = await app.Ppro.PostAsync($"/__sim/{what}", content);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }
}

/// <summary>An HTTP answer, read.</summary>
public sealed record Answered(
    HttpStatusCode Status,
    string Text,
    string? ContentType,
    Uri? Location,
    TimeSpan? RetryAfter
)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public static async Task<Answered> ReadAsync(HttpResponseMessage response) =>
        new(
            response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Content.Headers.ContentType?.MediaType,
            response.Headers.Location,
            response.Headers.RetryAfter?.Delta
        );
}
