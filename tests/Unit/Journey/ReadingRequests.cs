using System.Text;
using System.Text.Json.Nodes;
using Billing;
using Flows;
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
