using System.Globalization;
using System.Security.Cryptography;
using Flows.Replies;
using Flows.Requests;
using Storage;

namespace Flows.Shop;

/// <summary>The shop asks for a declined period to be tried again now, at the price it had.</summary>
public sealed class RetryPeriod(AgreementStore store, ChargePeriod chargePeriod, CallersCharges callersCharges)
{
    public async Task<Reply> RunAsync(
        string agreementId,
        string period,
        string? idempotencyKey,
        CancellationToken cancellationToken
    )
    {
        if (idempotencyKey is null || !CallersKey.IsValid(idempotencyKey))
        {
            return idempotencyKey is null
                ? Problems.KeyRequired("an Idempotency-Key header")
                : Problems.InvalidKey(CallersKey.MaxLength);
        }

        if (
            PeriodName.Parse(period) is not { } start
            || await store.OpenAsync(agreementId, cancellationToken) is not { } session
        )
        {
            return Problems.NotFound();
        }

        var noBody = Convert.ToHexStringLower(SHA256.HashData([]));
        var operation = CallersOperation.Of($"retry-{period}", session.Current.Id, idempotencyKey, noBody);
        return await callersCharges.RepeatAsync(session, operation, cancellationToken)
            ?? await chargePeriod.RunAsync(session, new(start, null, null), operation, cancellationToken);
    }
}

/// <summary>A period in a path: its Seoul start day, <c>20260131</c>.</summary>
internal static class PeriodName
{
    public static DateOnly? Parse(string text)
    {
        var isDay = DateOnly.TryParseExact(
            text,
            "yyyyMMdd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        );
        return isDay ? day : null;
    }
}
