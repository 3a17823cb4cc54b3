using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>One charge and a refund of it, as our books and as PPRO's list have them.</summary>
internal static class Books
{
    public const string Key = "20260115-1";

    public static readonly string RefundId = Refund.IdOf(Key, "R-1");

    public static Attempt Ours(AttemptState state, string key = Key) =>
        new()
        {
            Key = key,
            Amount = A.Price,
            Reference = "ours",
            IdempotencyKey = "key",
            CreatedAt = A.Morning,
            State = state,
            ProviderId = "charge_1",
            CapturedMinorUnits = state is AttemptState.Captured ? A.Price.MinorUnits : 0,
            CapturedAt = state is AttemptState.Captured ? A.Morning : null,
        };

    public static ChargeReading Theirs(ChargeStatus status, string providerId = "charge_1") =>
        new()
        {
            ProviderId = providerId,
            Status = status,
            StatusWord = status.ToString().ToUpperInvariant(),
            Reference = "ours",
            CapturedMinorUnits = status is ChargeStatus.Captured ? A.Price.MinorUnits : 0,
        };

    public static Refund RefundOf(RefundState state) =>
        new()
        {
            Id = RefundId,
            ChargeKey = Key,
            ChargeProviderId = "charge_1",
            Amount = new(100, "KRW"),
            Reference = "R-1",
            IdempotencyKey = "key",
            CreatedAt = A.Morning,
            State = state,
        };

    public static RefundReading RefundAtPpro(
        RefundStatus status,
        string providerId = "refund_1",
        string? reference = "R-1"
    ) => new(providerId, status, 100, reference, null, A.Morning);
}
