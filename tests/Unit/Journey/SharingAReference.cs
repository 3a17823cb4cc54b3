using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Billing;
using JourneyKit;
using Storage;

namespace Unit.Tests.JourneyTests;

/// <summary>
/// Charges of any number of agreements may have one reference that their shops chose: every event finds its own, by
/// what is in it and by what PPRO answers, and none is quarantined because there are many.
/// </summary>
public sealed class SharingAReference : IDisposable
{
    private const string Shared = "a reference that everybody uses";
    private readonly Forgetful wire = new();
    private readonly MemoryWorld world;

    public SharingAReference() =>
        world = new(wire: inner =>
        {
            wire.InnerHandler = inner;
            return wire;
        });

    public void Dispose()
    {
        world.Dispose();
        wire.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(60)]
    [InlineData(1_500)]
    public async Task An_event_finds_its_agreement_however_many_share_its_reference(int others)
    {
        await ShareAsync(others);
        var (one, two) = (await world.ActiveAsync(), await world.ActiveAsync());

        await world.ChargeAsync(one, Shared);
        await world.ChargeAsync(two, Shared);

        Assert.Empty(await world.QuarantinedAsync());
        Assert.Empty(world.Host.Failures);
        foreach (var id in (AgreementId[])[one, two])
        {
            await AssertHasAllEventsAsync(id);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    public async Task An_answer_without_the_agreements_id_is_no_answer_and_the_event_comes_again(int others)
    {
        await ShareAsync(others);
        var id = await world.ActiveAsync();
        world.Break("charge", "lostResponse", 1);
        wire.Forgets = 2;

        await ChargeInDoubtAsync(id);

        Assert.Equal(2, world.Host.Failures.Count);
        Assert.All(world.Host.Failures, it => Assert.Contains("PPRO did not say", it, StringComparison.Ordinal));
        Assert.Empty(await world.QuarantinedAsync());
        await AssertHasAllEventsAsync(id);
    }

    [Fact]
    public async Task A_chargeback_whose_agreement_PPRO_does_not_say_waits_on_its_queue()
    {
        var id = await world.ActiveAsync();
        var charge = world.ChargeBehindOurBack(id);
        await world.Host.SettleAsync();
        wire.Forgets = 1;

        await world.TakeInAsync("CHARGEBACK_SUCCEEDED", charge, $"\"paymentChargeId\":\"{charge}\"", "Ev1");

        Assert.Single(world.Host.Failures);
        Assert.True(await world.HasEventAsync(id, "Ev1"));
    }

    [Fact]
    public async Task While_PPROs_reads_lag_behind_the_event_waits_on_its_queue()
    {
        await ShareAsync(60);
        var id = await world.ActiveAsync();
        wire.Hides = 2;

        await world.ChargeAsync(id, Shared);

        Assert.Equal(2, world.Host.Failures.Count);
        Assert.Empty(await world.QuarantinedAsync());
        await AssertHasAllEventsAsync(id);
    }

    [Fact]
    public async Task An_event_that_names_its_agreement_asks_nobody()
    {
        await ShareAsync(60);
        var id = await world.ActiveAsync();
        await world.ChargeAsync(id, Shared);
        var charge = world.ChargesAtPpro(id).Single(it => it.Reference is Shared).Id;
        wire.Forgets = int.MaxValue;

        await world.TakeInAsync(
            "PAYMENT_CHARGE_CREATED",
            charge,
            $"\"paymentChargeId\":\"{charge}\",\"merchantPaymentChargeReference\":\"{Shared}\","
                + $"\"merchantPaymentAgreementReference\":\"{id}\"",
            "Ev1"
        );

        Assert.True(await world.HasEventAsync(id, "Ev1"));
    }

    [Theory]
    [InlineData("twinFailedFirst")]
    [InlineData("twinFailedLast")]
    public async Task A_twin_under_a_shops_reference_is_heard_of_and_nothing_is_charged_twice(string kind)
    {
        var id = await world.ActiveAsync();
        world.Books.Expect(new(kind));

        await world.ChargeAsync(id, Shared);
        await world.Host.SettleAsync();

        Assert.Empty(await world.QuarantinedAsync());
        var (captured, own) = (world.ChargesAtPpro(id).Single(it => it.IsTwin && it.IsCaptured), await FindAsync(id));
        Assert.Equal((AttemptState.Captured, captured.Id), (own.State, own.ProviderId));
        if (kind is "twinFailedFirst")
        {
            Assert.Contains(await world.ExceptionsAsync(), it => it.Reason.Contains("and also", default));
        }
    }

    private async Task<Attempt> FindAsync(AgreementId id)
    {
        var charges = await world.Get<AgreementStore>().ListAttemptsAsync(id, null, 9, default);
        return charges.Single(it => it.Reference is Shared);
    }

    [Fact]
    public async Task A_strangers_charge_under_a_reference_that_many_use_is_quarantined()
    {
        await ShareAsync(60);
        await world.ActiveAsync();
        var stranger = world.Books.PostBehindOurBack(
            "/v1/payment-agreements",
            new()
            {
                ["paymentMethod"] = "KAKAOPAY",
                ["consumer"] = new JsonObject { ["name"] = "Someone", ["country"] = "KR" },
            }
        );
        var agreement = (string)stranger.Body!["id"]!;
        world.Books.Approve(agreement);
        world.Books.PostBehindOurBack(
            $"/v1/payment-agreements/{agreement}/payment-charges",
            new()
            {
                ["amount"] = new JsonObject { ["value"] = 100, ["currency"] = "KRW" },
                ["merchantPaymentChargeReference"] = Shared,
                ["webhooksUrl"] = "http://127.0.0.1/api/webhooks/ppro",
            }
        );
        await world.Host.SettleAsync();

        var kept = (await world.QuarantinedAsync()).Where(it => it.Type.Contains("CHARGE", StringComparison.Ordinal));
        Assert.NotEmpty(kept);
        Assert.All(kept, it => Assert.Equal("its agreement is not ours", it.Reason));
        Assert.Empty(world.Host.Failures);
    }

    /// <summary>So many other agreements have said that they may use it; their ids sort first.</summary>
    private async Task ShareAsync(int others)
    {
        foreach (var number in Enumerable.Range(0, others))
        {
            await world.Get<ReferenceOwners>().PutAsync(Shared, AgreementId.Parse($"{number:D26}"), default);
        }
    }

    private async Task ChargeInDoubtAsync(AgreementId id)
    {
        var body = $$$"""{"amount":{"value":100,"currency":"KRW"},"merchantPaymentChargeReference":"{{{Shared}}}"}""";
        await world.Get<Flows.Shop.CreateCharge>().RunAsync(id.Value, Encoding.UTF8.GetBytes(body), null, default);
        await world.Host.SettleAsync();
    }

    private async Task AssertHasAllEventsAsync(AgreementId id)
    {
        var charge = world.ChargesAtPpro(id).Single(it => it.Reference is Shared);
        var told = world.Books.With(it => it.Events.All.Where(happened => happened.Subject == charge.Id).ToList());
        Assert.NotEmpty(told);
        foreach (var happened in told)
        {
            var name = (string)JsonNode.Parse(happened.Body)!["id"]!;
            Assert.True(await world.HasEventAsync(id, name), $"{happened.Type} of {id}");
        }
    }

    /// <summary>The next reads of a charge do not say whose it is, or do not find it.</summary>
    private sealed class Forgetful : DelegatingHandler
    {
        public int Forgets { get; set; }

        public int Hides { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken token
        )
        {
            var response = await base.SendAsync(request, token);
            var isRead =
                request.Method == HttpMethod.Get
                && request.RequestUri!.AbsolutePath.StartsWith("/v1/payment-charges/", StringComparison.Ordinal);
            if (isRead && Hides > 0)
            {
                Hides--;
                response.StatusCode = HttpStatusCode.NotFound;
                response.Content = new StringContent("""{"status":404,"failureMessage":"Payment charge not found"}""");
            }

            if (isRead && Forgets > 0)
            {
                Forgets--;
                var json = JsonNode.Parse(await response.Content.ReadAsStringAsync(token))!.AsObject();
                json.Remove("agreementId");
                response.Content = new StringContent(json.ToJsonString(), Encoding.UTF8, "application/json");
            }

            return response;
        }
    }
}
