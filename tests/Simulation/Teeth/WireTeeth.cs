using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Simulation.Tests;

/// <summary>Bugs of what speaks with PPRO: each judges a charge's request and its answer wrongly.</summary>
internal abstract class WireTooth : Tooth
{
    public override HttpMessageHandler Wire(World world, HttpMessageHandler inner) =>
        new Handler(this, world) { InnerHandler = inner };

    protected abstract Task<HttpResponseMessage> SendAsync(
        World world,
        HttpRequestMessage request,
        string? reference,
        Func<Task<HttpResponseMessage>> sendAsync
    );

    protected static HttpResponseMessage Json(string text) =>
        new(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "application/json") };

    /// <summary>The answer with another word; one that does not hold the word stays as it is, errors too.</summary>
    protected static async Task<HttpResponseMessage> RewordAsync(HttpResponseMessage answer, string word, string other)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return text.Contains(word, StringComparison.Ordinal)
            ? Json(text.Replace(word, other, StringComparison.Ordinal))
            : answer;
    }

    /// <summary>A decline that may be tried again.</summary>
    protected static HttpResponseMessage Declined() =>
        Json(
            """
            {"id":"charge_none","status":"FAILED","failure":{"failureType":"PROVIDER_DECLINE",
            "failureCode":"GENERIC_DECLINE","failureMessage":"?","isRetryable":true}}
            """
        );

    private sealed class Handler(WireTooth tooth, World world) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) =>
            await tooth.SendAsync(
                world,
                request,
                await Requests.ReferenceOfAsync(request),
                () => base.SendAsync(request, cancellationToken)
            );
    }
}

internal static class Requests
{
    /// <summary>The reference of a request to charge; null for any other request.</summary>
    public static async Task<string?> ReferenceOfAsync(HttpRequestMessage request) =>
        request.Method == HttpMethod.Post
        && request.RequestUri!.AbsolutePath.EndsWith("/payment-charges", StringComparison.Ordinal)
            ? (string?)JsonNode.Parse(await request.Content!.ReadAsStringAsync())!["merchantPaymentChargeReference"]
            : null;
}

internal sealed class NewKeyOnResend : WireTooth
{
    private readonly Dictionary<string, int> sent = [];

    protected override Task<HttpResponseMessage> SendAsync(
        World world,
        HttpRequestMessage request,
        string? reference,
        Func<Task<HttpResponseMessage>> sendAsync
    )
    {
        if (reference is not null && (sent[reference] = sent.GetValueOrDefault(reference) + 1) is > 1 and var times)
        {
            request.Headers.Remove("Request-Idempotency-Key");
            request.Headers.Add("Request-Idempotency-Key", $"{reference}-{times}");
        }

        return sendAsync();
    }
}

internal sealed class TimeoutTakenAsFailed : WireTooth
{
    protected override async Task<HttpResponseMessage> SendAsync(
        World world,
        HttpRequestMessage request,
        string? reference,
        Func<Task<HttpResponseMessage>> sendAsync
    )
    {
        try
        {
            return await sendAsync();
        }
        catch (Exception e) when (reference is not null && e is HttpRequestException or OperationCanceledException)
        {
            return Declined();
        }
    }
}

internal sealed class RefusalOfResendTakenAsFailed : WireTooth
{
    private readonly HashSet<string> sent = [];

    /// <summary>A charge that PPRO has and does not show, and a refusal when it is sent again.</summary>
    public override FaultKind[] Favours => [FaultKind.Hidden, FaultKind.Http429];

    protected override async Task<HttpResponseMessage> SendAsync(
        World world,
        HttpRequestMessage request,
        string? reference,
        Func<Task<HttpResponseMessage>> sendAsync
    )
    {
        var isResend = reference is not null && !sent.Add(reference);
        var answer = await sendAsync();
        return isResend && (int)answer.StatusCode is >= 400 and < 500 and not 409 ? Declined() : answer;
    }
}

internal sealed class ResendWithoutClaim : WireTooth
{
    protected override async Task<HttpResponseMessage> SendAsync(
        World world,
        HttpRequestMessage request,
        string? reference,
        Func<Task<HttpResponseMessage>> sendAsync
    )
    {
        try
        {
            return await sendAsync();
        }
        catch (HttpRequestException) when (reference is not null)
        {
            return await sendAsync();
        }
    }
}

internal sealed class CaptureFailedTakenAsFinal : WireTooth
{
    protected override async Task<HttpResponseMessage> SendAsync(
        World world,
        HttpRequestMessage request,
        string? reference,
        Func<Task<HttpResponseMessage>> sendAsync
    )
    {
        return await RewordAsync(await sendAsync(), "\"CAPTURE_FAILED\"", "\"FAILED\"");
    }
}

/// <summary>Only a webhook is believed when it says that money came; a read of the same is not.</summary>
internal sealed class CaptureNotBelievedFromReads : WireTooth
{
    protected override async Task<HttpResponseMessage> SendAsync(
        World world,
        HttpRequestMessage request,
        string? reference,
        Func<Task<HttpResponseMessage>> sendAsync
    )
    {
        var answer = await sendAsync();
        var isRead =
            request.Method == HttpMethod.Get
            && request.RequestUri!.AbsolutePath.Contains("/payment-charges", StringComparison.Ordinal);
        return isRead ? await RewordAsync(answer, "\"CAPTURED\"", "\"CAPTURE_PROCESSING\"") : answer;
    }
}

/// <summary>The search says "nothing" without asking; and PPRO forgets a key after a 5xx, which only this bug meets.</summary>
internal sealed class ResendWithoutSearch : WireTooth
{
    public override HttpMessageHandler Ppro(World world, HttpMessageHandler books) =>
        new ForgetfulPpro { InnerHandler = books };

    protected override Task<HttpResponseMessage> SendAsync(
        World world,
        HttpRequestMessage request,
        string? reference,
        Func<Task<HttpResponseMessage>> sendAsync
    ) =>
        request.RequestUri!.Query.Contains("merchantPaymentChargeReference", StringComparison.Ordinal)
            ? Task.FromResult(Json("""{"data":[]}"""))
            : sendAsync();

    private sealed class ForgetfulPpro : DelegatingHandler
    {
        private readonly Dictionary<string, int> forgotten = [];

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            if (await Requests.ReferenceOfAsync(request) is not { } reference)
            {
                return await base.SendAsync(request, cancellationToken);
            }

            if (forgotten.TryGetValue(reference, out var times))
            {
                request.Headers.Remove("Request-Idempotency-Key");
                request.Headers.Add("Request-Idempotency-Key", $"{reference}-{times}");
            }

            var answer = await base.SendAsync(request, cancellationToken);
            forgotten[reference] = times + ((int)answer.StatusCode >= 500 ? 1 : 0);
            return answer;
        }
    }
}
