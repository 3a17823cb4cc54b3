using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text.Json;
using Billing;

namespace Ppro;

/// <summary>
/// PPRO's API as we use it (docs/ppro.md, Calls). One try per call: a hidden resend would make "refused, so not
/// executed" a lie. Calls that move money take no caller's token; only our own timeout ends them.
/// </summary>
public sealed class PproClient(HttpClient http, TimeProvider clock)
{
    public static TimeSpan WriteTimeout => SendRules.AnswerTimeout;

    public static TimeSpan ReadTimeout { get; } = TimeSpan.FromSeconds(20);

    private readonly PproWire wire = new(http, clock);

    /// <summary>What PPRO's headers last said about our write limit; null before the first write.</summary>
    public RateLimit? LatestRateLimit => wire.LatestRateLimit;

    /// <summary>The same of our limit for reads, which has a bucket of its own.</summary>
    public RateLimit? LatestReadLimit => wire.LatestReadLimit;

    public Task<Answer<AgreementReading>> CreateAgreementAsync(ReadOnlyMemory<byte> body, string idempotencyKey) =>
        PostAsync("v1/payment-agreements", body, idempotencyKey, AgreementWire.Read);

    /// <summary>Charges an agreement. The answer carries no agreement id.</summary>
    public Task<Answer<ChargeReading>> ChargeAsync(
        string agreement,
        ReadOnlyMemory<byte> body,
        string idempotencyKey
    ) =>
        PostAsync(
            $"v1/payment-agreements/{Uri.EscapeDataString(agreement)}/payment-charges",
            body,
            idempotencyKey,
            ChargeWire.Read
        );

    public Task<Answer<RefundReading>> RefundAsync(string charge, ReadOnlyMemory<byte> body, string idempotencyKey) =>
        PostAsync($"v1/payment-charges/{Uri.EscapeDataString(charge)}/refunds", body, idempotencyKey, RefundWire.Read);

    public Task<Answer<RevocationReading>> RevokeAsync(string agreement, string idempotencyKey) =>
        PostAsync(
            $"v1/payment-agreements/{Uri.EscapeDataString(agreement)}/revocations",
            "{}"u8.ToArray(),
            idempotencyKey,
            RevocationWire.Read
        );

    public Task<Answer<AgreementReading>> ReadAgreementAsync(string agreement, CancellationToken cancellationToken) =>
        GetAsync($"v1/payment-agreements/{Uri.EscapeDataString(agreement)}", AgreementWire.Read, cancellationToken);

    public Task<Answer<ChargeReading>> ReadChargeAsync(string charge, CancellationToken cancellationToken) =>
        GetAsync($"v1/payment-charges/{Uri.EscapeDataString(charge)}", ChargeWire.Read, cancellationToken);

    /// <summary>Where the money of a charge's capture and refunds is.</summary>
    public Task<Answer<FundsReading>> ReadFundsAsync(string charge, CancellationToken cancellationToken) =>
        GetAsync(
            $"v1/payment-charges/{Uri.EscapeDataString(charge)}/funds-statuses",
            FundsWire.Read,
            cancellationToken
        );

    /// <summary>All charges with this reference, whichever agreement they belong to.</summary>
    public Task<Answer<ImmutableArray<ChargeReading>>> FindChargesAsync(
        string reference,
        CancellationToken cancellationToken
    ) =>
        new ChargeSearch(this, ChargeSearch.PagesOfReference).RunAsync(
            $"merchantPaymentChargeReference={Uri.EscapeDataString(reference)}",
            cancellationToken
        );

    /// <summary>All charges of an agreement, the initial one included.</summary>
    public Task<Answer<ImmutableArray<ChargeReading>>> ListChargesAsync(
        string agreement,
        CancellationToken cancellationToken
    ) =>
        new ChargeSearch(this, ChargeSearch.PagesOfAgreement).RunAsync(
            $"agreementId={Uri.EscapeDataString(agreement)}",
            cancellationToken
        );

    internal Task<Answer<T>> GetAsync<T>(string path, Func<JsonElement, T?> read, CancellationToken cancellationToken)
        where T : notnull => wire.SendAsync(new(HttpMethod.Get, path), ReadTimeout, read, cancellationToken);

    private Task<Answer<T>> PostAsync<T>(
        string path,
        ReadOnlyMemory<byte> body,
        string idempotencyKey,
        Func<JsonElement, T?> read
    )
        where T : notnull
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("Request-Idempotency-Key", idempotencyKey);
        return wire.SendAsync(request, WriteTimeout, read, CancellationToken.None);
    }
}
