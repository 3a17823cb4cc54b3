using System.Net;
using System.Text.Json.Nodes;
using TestKit;

namespace EndToEnd.Tests;

/// <summary>
/// A shop that asks again, under the same key, until it has an answer: whatever dies meanwhile. It remembers what it
/// asked for, to be compared with the books.
/// </summary>
public sealed class InsistentShop(LocalApp app)
{
    private readonly List<Task> errands = [];
    private int number;

    /// <summary>Every charge it asked for, by its amount, which no other has; with what of it was to go back.</summary>
    public Dictionary<long, (string Agreement, long Refund)> Charges { get; } = [];

    /// <summary>The keys of the agreements that nobody approves.</summary>
    public List<string> Abandoned { get; } = [];

    public bool IsDone => errands.TrueForAll(it => it.IsCompleted);

    /// <summary>One charge, and a part of it back.</summary>
    public void BeginChargeAndRefund(string agreement)
    {
        var (amount, refund) = (1_000 + ++number, 100 + number);
        Charges[amount] = (agreement, refund);
        errands.Add(ChargeAndRefundAsync(agreement, amount, refund));
    }

    public void BeginAgreement()
    {
        var key = $"abandoned-{++number}";
        Abandoned.Add(key);
        errands.Add(InsistAsync("/api/agreements", Storefront.AgreementRequest(), key));
    }

    /// <summary>Hears what any of its errands failed with.</summary>
    public Task WaitAsync() => Task.WhenAll(errands);

    private async Task ChargeAndRefundAsync(string agreement, long amount, long refund)
    {
        var path = $"/api/agreements/{agreement}/payment-charges";
        var charged = await InsistAsync(path, Storefront.ChargeRequest(amount), $"charge-{amount}");
        var body = new JsonObject { ["amount"] = refund };
        await InsistAsync($"{path}/{charged.Json["id"]}/refunds", body, $"refund-{refund}");
    }

    private Task<Answered> InsistAsync(string path, JsonNode body, string key) =>
        Eventually.GetAsync(() => TryAsync(path, body, key), $"an answer to {key}");

    private async Task<Answered?> TryAsync(string path, JsonNode body, string key)
    {
        try
        {
            var answer = await app.PostAsync(path, body, key);
            return answer.Status is HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Accepted
                ? answer
                : null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return null;
        }
    }
}
