using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Simulation.Tests;

/// <summary>On the way from PPRO to us: an answer that is not PPRO's, or not about what was asked.</summary>
internal sealed class Lies(World world) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var actor = world.Stage.Current!;
        actor.Heard = null;
        var answer = await base.SendAsync(request, cancellationToken);
        var lie = actor.TakeLie();
        var isTold = lie is { } kind && await TellAsync(kind, request, answer);
        actor.WasLiedTo |= isTold;
        actor.Heard = await Heard.OfAsync(request, answer, isTold ? lie : null);
        return answer;
    }

    private async Task<bool> TellAsync(FaultKind lie, HttpRequestMessage request, HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(CancellationToken.None);
        if (JsonNode.Parse(text) is not { } json || !Untruth.Tell(lie, json, answer.StatusCode is HttpStatusCode.OK))
        {
            return false;
        }

        world.Timeline.Say("PPRO", $"says what is not so: {lie}");
        answer.Content = new StringContent(json.ToJsonString(), Encoding.UTF8, "application/json");
        world.Oddly.LiedTo(request, lie);
        return true;
    }
}

/// <summary>How answers become untrue.</summary>
internal static class Untruth
{
    public const string StrangersCharge = "charge_0000000000000000stranger";
    public const string StrangersReference = "a-strangers-order";
    private const string StrangersAgreement = "agr_0000000000000000stranger";

    /// <summary>33,000 letters of three bytes each.</summary>
    private static readonly string Long = new('\uc2e4', 33_000);

    /// <summary>False when there is nothing in it that this could be about.</summary>
    public static bool Tell(FaultKind lie, JsonNode json, bool isOk) =>
        lie switch
        {
            FaultKind.LongWords => Lengthen(json),
            _ when !isOk => false,
            FaultKind.AnotherAgreement => Estrange(json.AsObject()),
            FaultKind.ForeignHit => AddStranger(json),
            FaultKind.NoAgreement => Each(json, it => it.Remove("agreementId")),
            FaultKind.AnotherCharge => Each(json, it => Set(it, "id", StrangersCharge)),
            FaultKind.AnotherCurrency => Each(json, it => Set(it, "currency", "USD")),
            FaultKind.AnotherReference => Each(json, Rename),
            _ => Each(json, Enlarge),
        };

    /// <summary>A charge, a refund, or the entries of a search.</summary>
    private static bool Each(JsonNode json, Func<JsonObject, bool> change) =>
        json["data"] is JsonArray entries
            ? entries.Select(it => change(it!.AsObject())).ToList().Contains(true)
            : json is JsonObject one && change(one);

    private static bool Set(JsonObject json, string name, string value)
    {
        var isThere = json.ContainsKey(name);
        if (isThere)
        {
            json[name] = value;
        }

        return isThere;
    }

    private static bool Estrange(JsonObject agreement)
    {
        (agreement["id"], agreement["merchantPaymentAgreementReference"]) = (StrangersAgreement, "a-strangers-plan");
        agreement["status"] = (string?)agreement["status"] is "ACTIVE" ? "REVOKED_BY_CONSUMER" : "ACTIVE";
        return true;
    }

    private static bool AddStranger(JsonNode search)
    {
        if (search["data"] is not JsonArray entries)
        {
            return false;
        }

        entries.Add(
            JsonNode.Parse(
                $$"""
                {"id":"{{StrangersCharge}}","status":"CAPTURED","currency":"KRW","authorizations":[{"id":"authz_x",
                "amount":9900,"status":"AUTHORIZED","merchantPaymentChargeReference":"{{StrangersReference}}"}],
                "captures":[{"id":"capture_x","amount":9900,"status":"CAPTURED"}],"refunds":[]}
                """
            )
        );
        return true;
    }

    private static bool Rename(JsonObject json)
    {
        var isCharge = false;
        foreach (var authorization in json["authorizations"]?.AsArray() ?? [])
        {
            isCharge |= Set(authorization!.AsObject(), "merchantPaymentChargeReference", StrangersReference);
        }

        return isCharge | Set(json, "merchantRefundReference", StrangersReference);
    }

    /// <summary>A hundred times as much: of captures in a charge, or of a refund.</summary>
    private static bool Enlarge(JsonObject json)
    {
        if (json["captures"] is not JsonArray captures)
        {
            json["amount"] = (long)json["amount"]! * 100;
            return true;
        }

        foreach (var capture in captures)
        {
            capture!["amount"] = (long)capture["amount"]! * 100;
        }

        return captures.Count > 0;
    }

    private static bool Lengthen(JsonNode json)
    {
        var isAny = false;
        foreach (var (name, value) in json is JsonObject it ? it.ToList() : [])
        {
            if (name is "failureMessage" or "failureCode" or "message")
            {
                json[name] = (string?)value + Long;
                isAny = true;
            }
            else
            {
                isAny |= value is not null && Lengthen(value);
            }
        }

        foreach (var entry in json as JsonArray ?? [])
        {
            isAny |= entry is not null && Lengthen(entry);
        }

        return isAny;
    }
}
