using System.Text;
using System.Text.Json.Nodes;
using Billing;
using Flows.Replies;
using Flows.Shop;
using JourneyKit;

namespace Unit.Tests.JourneyTests;

/// <summary>How a storefront's body is read: a request that is not clear is refused, and says where.</summary>
public sealed class ReadingRequests : IDisposable
{
    private readonly MemoryWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task A_byte_order_mark_before_a_request_is_read_over_and_belongs_to_its_bytes()
    {
        var bare = Encoding.UTF8.GetBytes(Order().ToJsonString());
        byte[] marked = [.. "\ufeff"u8, .. bare];

        var made = await CreateAsync(marked, "order-1");
        var again = await CreateAsync(marked, "order-1");
        var other = await CreateAsync(bare, "order-1");

        Assert.Equal((201, 201, 422), (made.Status, again.Status, other.Status));
        Assert.Equal(made.Body.ToArray(), again.Body.ToArray());
        Assert.NotNull((await world.FindAsync(AgreementId.FromKey("order-1"))).Provider.Id);
    }

    [Fact]
    public async Task A_byte_order_mark_alone_is_no_JSON() =>
        Assert.Equal(400, (await CreateAsync("\ufeff"u8.ToArray(), "order-1")).Status);

    [Fact]
    public async Task A_member_that_is_named_twice_is_called_so()
    {
        var reply = await CreateAsync("""{"amount":1,"amount":2}"""u8.ToArray(), "order-1");

        Assert.Equal(400, reply.Status);
        Assert.Contains("names a member twice", System.Text.Encoding.UTF8.GetString(reply.Body.Span), default);
    }

    [Theory]
    [InlineData("amount", """{"value":49,"currency":"KRW"}""", 422, "/amount/value")]
    [InlineData("amount", """{"value":100,"currency":"USD"}""", 422, "/amount/currency")]
    [InlineData("amount", "100", 400, "/amount")]
    [InlineData("amount", "{}", 400, "/amount/currency /amount/value")]
    [InlineData("amount", null, 400, "/amount")]
    [InlineData("frequency", """{"type":"HOURLY"}""", 422, "/frequency/type")]
    [InlineData("frequency", "\"MONTHLY\"", 400, "/frequency")]
    [InlineData("frequency", "{}", 400, "/frequency/type")]
    [InlineData("frequency", null, 422, "/catchUp /maxCharges")]
    [InlineData("startDate", "\"tomorrow\"", 400, "/startDate")]
    [InlineData("startDate", null, 422, "/endDate")]
    public async Task A_field_is_called_missing_only_when_it_is_missing(
        string field,
        string? value,
        int status,
        string named
    )
    {
        var order = Order();
        order["maxCharges"] = 3;
        order["catchUp"] = 1;
        order["startDate"] = "2026-01-15T09:00:00+09:00";
        order["endDate"] = field is "startDate" ? "2026-01-14T12:00:00+09:00" : "2027-01-15T00:00:00Z";
        order[field] = value is null ? null : JsonNode.Parse(value);

        var reply = await CreateAsync(Encoding.UTF8.GetBytes(order.ToJsonString()), "order-1");

        Assert.Equal((status, named), (reply.Status, Named(reply)));
    }

    [Theory]
    [InlineData("\"2026-01-15\"", 422, "/merchantPaymentChargeReference")]
    [InlineData("\"yesterday\"", 400, "/forPeriod /merchantPaymentChargeReference")]
    [InlineData("7", 400, "/forPeriod /merchantPaymentChargeReference")]
    public async Task With_forPeriod_a_reference_is_refused_whether_or_not_its_day_can_be_read(
        string day,
        int status,
        string named
    )
    {
        var id = await world.ActiveAsync();
        var body = $$$"""
            {"amount":{"value":100,"currency":"KRW"},"merchantPaymentChargeReference":"mine","forPeriod":{{{day}}}}
            """;

        var reply = await world
            .Get<CreateCharge>()
            .RunAsync(id.Value, Encoding.UTF8.GetBytes(body), "key", CancellationToken.None);

        Assert.Equal((status, named), (reply.Status, Named(reply)));
    }

    private static string Named(Reply reply) =>
        string.Join(' ', JsonNode.Parse(reply.Body.Span)!["errors"]!.AsObject().Select(it => it.Key));

    private static JsonObject Order() =>
        new()
        {
            ["paymentMethod"] = "KAKAOPAY",
            ["consumer"] = new JsonObject { ["name"] = "김카카오", ["country"] = "KR" },
            ["amount"] = new JsonObject { ["value"] = 9_900, ["currency"] = "KRW" },
            ["frequency"] = new JsonObject { ["type"] = "MONTHLY" },
            ["authenticationSettings"] = new JsonArray(
                new JsonObject
                {
                    ["type"] = "REDIRECT",
                    ["settings"] = new JsonObject { ["returnUrl"] = "https://shop.example/return" },
                }
            ),
        };

    private Task<Reply> CreateAsync(byte[] body, string key) =>
        world.Get<CreateAgreement>().RunAsync(body, key, CancellationToken.None);
}
