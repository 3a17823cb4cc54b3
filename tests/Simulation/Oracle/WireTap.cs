using System.Net;
using System.Text.Json.Nodes;
using Billing;

namespace Simulation.Tests;

/// <summary>
/// Every request as it leaves us: written down before, claimed for this one send, soon enough, the same each time,
/// and looked for before it is sent again.
/// </summary>
internal sealed class WireTap(World world) : DelegatingHandler
{
    private static readonly TimeSpan ClaimLifetime = TimeSpan.FromSeconds(30);

    /// <summary>Shorter than we wait for the answer to a read.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Refundable = TimeSpan.FromDays(364);
    private static readonly TimeSpan ResendUntil = TimeSpan.FromHours(20);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var path = request.RequestUri!.AbsolutePath;
        Claimed? claim = null;
        if (request.Headers.TryGetValues("Request-Idempotency-Key", out var keys))
        {
            world.KeyRing.Used(keys.Single(), $"{path} {await ReferenceInAsync(request)}");
        }

        if (request.Method == HttpMethod.Get)
        {
            NoteSearch(request);
        }
        else if (path.EndsWith("/payment-agreements", StringComparison.Ordinal))
        {
            world.Capped.Sent(await request.Content!.ReadAsStringAsync(CancellationToken.None));
        }
        else if (path.EndsWith("/payment-charges", StringComparison.Ordinal))
        {
            claim = await CheckAsync(request, "merchantPaymentChargeReference");
        }
        else if (path.EndsWith("/refunds", StringComparison.Ordinal))
        {
            claim = await CheckAsync(request, "merchantRefundReference");
        }

        var (actor, leftAt) = (world.Stage.Current!, world.Time.Now);
        (actor.HasReadInVain, actor.IsForbidden) = (request.Method == HttpMethod.Get, false);
        var answer = await base.SendAsync(request, cancellationToken);
        actor.IsForbidden = answer.StatusCode is HttpStatusCode.Forbidden;
        actor.HasReadInVain &= !answer.IsSuccessStatusCode || world.Time.Now - leftAt >= Patience;
        await NoteReadAsync(request, answer);
        var isHeard = world.Time.Now - leftAt < SendRules.AnswerTimeout;
        if (claim is { Sending.IsRefund: false } && answer.IsSuccessStatusCode && isHeard)
        {
            actor.WasTaken = true;
        }

        if (claim is not null && (int)answer.StatusCode is >= 400 and < 500 and not 409 and not 429)
        {
            world.Oddly.Refused(claim.Sending.Agreement);
            actor.Refused = claim.Sending.Agreement;
            claim.Sending.WasRefused = true;
        }

        if (answer.StatusCode is HttpStatusCode.Unauthorized && claim is { Sends: > 1 })
        {
            world.Timeline.Count(Happening.RefusedResend);
        }

        return answer;
    }

    private void NoteHeard(string? agreement)
    {
        if (agreement is not null && world.Ledger.Of(AgreementId.Parse(agreement)) is { } witness)
        {
            witness.HeardAt = world.Time.Now;
        }
    }

    /// <summary>What a request is called by us; empty for a revocation.</summary>
    private static async Task<string?> ReferenceInAsync(HttpRequestMessage request)
    {
        var json = JsonNode.Parse(await request.Content!.ReadAsStringAsync(CancellationToken.None))!;
        return (string?)(
            json["merchantPaymentChargeReference"]
            ?? json["merchantRefundReference"]
            ?? json["merchantPaymentAgreementReference"]
        );
    }

    private async Task NoteReadAsync(HttpRequestMessage request, HttpResponseMessage answer)
    {
        var path = request.RequestUri!.AbsolutePath;
        foreach (var named in world.Stage.Current!.Heard?.Named ?? [])
        {
            NoteHeard(world.Books.Agreements.FirstOrDefault(it => it.Id == named)?.Reference);
        }

        foreach (var reference in world.Stage.Current!.Heard?.Unnamed ?? [])
        {
            NoteHeard(world.Ledger.SendingsUnder(reference).FirstOrDefault(it => !it.IsNamedByShop)?.Agreement);
        }

        if (
            !answer.IsSuccessStatusCode
            || world.Books.FindNamed(path)?.Reference is not { } agreement
            || world.Ledger.Of(AgreementId.Parse(agreement)) is not { } witness
        )
        {
            return;
        }

        witness.HeardAt = world.Time.Now;
        if (request.Method == HttpMethod.Get && path.Contains("/payment-agreements/", StringComparison.Ordinal))
        {
            var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync(CancellationToken.None))!;
            witness.Reads.Heard(world.Stage.Current!.Host!.Clock.GetUtcNow(), (string)json["status"]!);
        }
    }

    /// <summary>A refund is looked for in its charge.</summary>
    private void NoteSearch(HttpRequestMessage request)
    {
        var query = System.Web.HttpUtility.ParseQueryString(request.RequestUri!.Query);
        if (query["merchantPaymentChargeReference"] is "credentials-check")
        {
            world.Operator.RecoveryBegins(world.Stage.Current!);
        }

        var path = request.RequestUri.AbsolutePath;
        world.Stage.Current!.Searched.Add(query["merchantPaymentChargeReference"] ?? path);
    }

    private async Task<Claimed?> CheckAsync(HttpRequestMessage request, string field)
    {
        var body = await request.Content!.ReadAsStringAsync(CancellationToken.None);
        var reference = (string)JsonNode.Parse(body)![field]!;
        var key = request.Headers.GetValues("Request-Idempotency-Key").Single();
        world.Timeline.Say(world.Stage.Current!.Name, $"sends {reference}");
        if (
            AgreementOf(request, reference) is not { } agreement
            || world.Ledger.ClaimOf(agreement, reference) is not { } claim
        )
        {
            world.Violate($"{reference} was sent before it was written down");
            return null;
        }

        var isCharge = field is "merchantPaymentChargeReference";
        if (isCharge)
        {
            world.Lives.Find(it => it.Id.Value == agreement)?.IsCharging();
        }

        if (isCharge)
        {
            world.Capped.Sent(body);
            JudgeCharge(claim, body);
        }
        else
        {
            JudgeRefund(request.RequestUri!.AbsolutePath, reference);
        }

        CheckClaim(claim, isCharge);
        CheckSame(claim, key, body);
        if (claim.Sends > 1 && !HasSearched(claim, request.RequestUri!))
        {
            world.Violate($"{reference} was sent again without being looked for");
        }

        claim.IsUsed = true;
        claim.Sending.Left(key, body, world.Time.Now);
        return claim;
    }

    /// <summary>The README's promise 3: a day before PPRO's window closes ours does.</summary>
    private void JudgeRefund(string path, string reference)
    {
        var parts = path.Split('/');
        var charge = world.Books.Charges.FirstOrDefault(it => parts.Contains(it.Id));
        if (world.Time.Now - charge?.CapturedAt > Refundable + world.Slack + ClaimLifetime)
        {
            world.Violate($"refund {reference} was asked for, {world.Time.Now - charge!.CapturedAt} after its capture");
        }
    }

    private void JudgeCharge(Claimed claim, string body)
    {
        var agreement = claim.Sending.Agreement;
        if (world.Lives.Find(it => it.Id.Value == agreement) is { } life && world.Ledger.Of(life.Id) is { } witness)
        {
            Windowed.Judge(world, witness, claim.Sending);
            Priced.Judge(world, life, claim.Sending, (long)JsonNode.Parse(body)!["amount"]!["value"]!);
            Termed.Judge(world, life, witness, claim);
            Fresh.Judge(world, witness, claim.Sending);
        }
    }

    /// <summary>
    /// Our id of the agreement whose charge or refund is asked for. PPRO may have lied about the id of a charge.
    /// </summary>
    private string? AgreementOf(HttpRequestMessage request, string reference) =>
        world.Books.FindNamed(request.RequestUri!.AbsolutePath)?.Reference
        ?? world.Ledger.SendingsUnder(reference).FirstOrDefault()?.Agreement;

    private void CheckClaim(Claimed claim, bool isCharge)
    {
        if (claim.IsUsed)
        {
            world.Violate($"{claim.Reference} was sent without a claim of its own");
        }

        if (world.Time.Now - claim.At >= ClaimLifetime)
        {
            world.Violate($"{claim.Reference} was sent {world.Time.Now - claim.At} after its claim");
        }

        if (world.Stage.Current!.Host is { LivesInThePast: true })
        {
            world.Violate($"{claim.Reference} was sent by a host whose clock had gone back");
        }

        if (world.Operator.StoppedAt is { } stopped)
        {
            world.Violate($"{claim.Reference} was sent while charging was stopped, since {stopped}");
        }

        if (isCharge && !claim.MayCharge)
        {
            world.Violate($"{claim.Reference} was claimed while the agreement might not be charged");
        }
    }

    private void CheckSame(Claimed claim, string key, string body)
    {
        var sending = claim.Sending;
        if (sending.Body is not null && (sending.IdempotencyKey != key || sending.Body != body))
        {
            world.Violate($"{claim.Reference} was sent again under another key, or with other bytes");
        }

        // What moved the clocks, or held a request, is allowed for: the margin of 4 h is there for it.
        var age = world.Time.Now - (sending.FirstPostAt ?? world.Time.Now);
        if (age > ResendUntil + world.Slack)
        {
            world.Violate($"{claim.Reference} was sent again after {age}");
        }
    }

    private bool HasSearched(Claimed claim, Uri address) =>
        world.Stage.Current!.Searched.Contains(claim.Reference)
        || world.Stage.Current.Searched.Contains(
            address.AbsolutePath.Replace("/refunds", "", StringComparison.Ordinal)
        );
}
