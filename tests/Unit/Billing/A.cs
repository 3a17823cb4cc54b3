using System.Collections.Immutable;
using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>
/// Ordinary things to start from: a monthly agreement over 9,900 won, made and approved on 15 January 2026 at 10:00
/// in Seoul, whose first period is the next to be charged.
/// </summary>
internal static class A
{
    public static readonly BillingRules Rules = BillingRules.Default;
    public static readonly Money Price = new(9_900, "KRW");
    public static readonly AgreementId Id = AgreementId.FromKey("a key");
    public static readonly DateOnly Anchor = new(2026, 1, 15);
    public static readonly DateTimeOffset Morning = Seoul("2026-01-15T10:00");

    /// <summary>An instant by Seoul's clock, computed without the calendar under test.</summary>
    public static DateTimeOffset Seoul(string local) => DateTimeOffset.Parse(local + "+09:00").ToUniversalTime();

    public static DateOnly Day(string day) => DateOnly.Parse(day);

    public static BillingSchedule Monthly(string anchor = "2026-01-15") => Every(FrequencyType.Monthly, 1, anchor);

    public static BillingSchedule Every(FrequencyType type, int interval = 1, string anchor = "2026-01-15") =>
        new(Day(anchor), new(type, interval));

    public static BillingPeriod Period(int number) => Monthly().Period(number);

    public static AgreementTerms Terms() =>
        new()
        {
            PaymentMethod = "KAKAOPAY",
            ConsumerName = "Kim",
            ConsumerCountry = "KR",
            Amount = Price,
            Frequency = new(FrequencyType.Monthly, 1),
        };

    public static CreateIntent CreateIntent() => new("create-key", "hash", "{}"u8.ToArray());

    /// <summary>Just written down: PPRO has not answered yet.</summary>
    public static Agreement Begun(AgreementTerms? terms = null) =>
        Billing.Agreement.Begin(Id, terms ?? Terms(), CreateIntent(), Morning).Agreement;

    /// <summary>Begun with a first charge that travels with it.</summary>
    public static Agreement WithInitialCharge() => Begun(Terms() with { InitialCharge = new(Price, null) });

    /// <summary>PPRO knows it and the consumer has approved.</summary>
    public static Agreement Agreement() =>
        Begun() with
        {
            Create = Begun().Create with { State = CreateState.Answered, IsUnderway = false },
            Provider = new()
            {
                Id = "agr_1",
                Status = AgreementStatus.Active,
                ActivatedAt = Morning,
                ConfirmedAt = Morning,
            },
        };

    /// <summary>As <see cref="Agreement"/>, with another plan.</summary>
    public static Agreement Planned(Func<BillingPlan, BillingPlan> change) =>
        Agreement() with
        {
            Plan = change(Agreement().Plan),
        };

    public static ChargeIntent Intent(string key) =>
        new(key, ChargeKeys.Reference(Id, key), $"idempotency-{key}", "{}"u8.ToArray());

    public static DuePeriod Due(int number, int attempt = 1) => new(Period(number), attempt, Price);

    public static Change Claim(this Agreement agreement, DuePeriod due, DateTimeOffset now) =>
        agreement.ClaimPeriod(due, Intent(ChargeKeys.Scheduled(due.Period, due.Attempt)), now);

    /// <summary>What entitled a worker to the attempt's latest send, or would have to an earlier one.</summary>
    public static Claim ClaimOf(Attempt attempt, int sends = 1) =>
        new(attempt.Key, sends, attempt.LastClaimedAt!.Value);

    public static Claim CreateClaim(Agreement agreement) =>
        new("create", agreement.Create.Sends, agreement.Create.LastClaimedAt);

    /// <summary>A search for an attempt, in this look, was empty.</summary>
    public static Change Unfound(this Agreement agreement, string key, DateTimeOffset now, bool maySend = true) =>
        agreement.NotFound(key, maySend, Rules, now);

    /// <summary>An agreement with the first attempt of period 0 sent and nothing heard.</summary>
    public static Agreement Charging() => Agreement().Claim(Due(0), Morning).Agreement;

    public static Agreement Open(Attempt attempt) => Agreement() with { Open = [attempt] };

    public static ChargeReading Captured(string providerId = "chr_1") =>
        Reading(ChargeStatus.Captured, "CAPTURED", providerId) with
        {
            CapturedMinorUnits = Price.MinorUnits,
        };

    public static ChargeReading Pending(string providerId = "chr_1") =>
        Reading(ChargeStatus.Pending, "AUTHORIZATION_PROCESSING", providerId);

    public static ChargeReading Declined(string code = "INSUFFICIENT_FUNDS", bool? isRetryable = null) =>
        Reading(ChargeStatus.NotCaptured, "FAILED", "chr_1") with
        {
            Failure = new("T", code, "no", isRetryable),
        };

    public static Answer<ChargeReading> Said(ChargeReading reading) => new Answer<ChargeReading>.Said(reading);

    public static Answer<ChargeReading> Refused(RefusalKind kind) =>
        new Answer<ChargeReading>.Refused(new(kind, 400, "no"));

    public static Answer<ChargeReading> InDoubt() => new Answer<ChargeReading>.InDoubt("timeout");

    public static AgreementReading Says(AgreementStatus? status) => new() { ProviderId = "agr_1", Status = status };

    public static PproEvent Event(PproEventKind kind, string id = "evt_1") =>
        new()
        {
            Id = id,
            Type = kind.ToString(),
            Kind = kind,
            AgreementProviderId = "agr_1",
        };

    public static PproEvent ChargeEvent(PproEventKind kind) => Event(kind) with { ChargeProviderId = "chr_1" };

    /// <summary>The single attempt that a change moved, as it will be stored.</summary>
    public static Attempt Moved(this Change change) => change.Facts.OfType<Fact.AttemptMoved>().Single().Attempt;

    public static ImmutableArray<LookStep> Steps(this Agreement agreement, DateTimeOffset now) =>
        [.. Agenda.Items(agreement, Rules, now).Select(item => item.Step)];

    /// <summary>Asked and answered in one moment.</summary>
    public static Change Read(this Agreement agreement, AgreementReading reading, DateTimeOffset now) =>
        agreement.Read(reading, now, now);

    /// <summary>An event that is about no refund that we know.</summary>
    public static Change Apply(this Agreement agreement, PproEvent happened, Attempt? attempt, DateTimeOffset now) =>
        agreement.Apply(happened, attempt, null, now);

    /// <summary>The consumer's time to approve is over.</summary>
    public static readonly DateTimeOffset Deadline = Morning.AddMinutes(60);

    public static Change Close(this Agreement agreement, DateTimeOffset now) => agreement.Close(Rules, now);

    public static Change SendUnsent(
        this Agreement agreement,
        string key,
        DateTimeOffset now,
        BillingRules? rules = null
    ) => agreement.SendUnsent(key, rules ?? Rules, now);

    public static Change Cancel(this Agreement agreement, DateTimeOffset now) =>
        agreement.Cancel(EndedBy.Storefront, null, now);

    public static Change CancelAtPeriodEnd(this Agreement agreement, DateTimeOffset now) =>
        agreement.CancelAtPeriodEnd(EndedBy.Storefront, null, now);

    public static Change Reprice(this Agreement agreement, Money price, DateTimeOffset now) =>
        agreement.ChangeSchedule(new(price, null), now);

    public static Change Reschedule(this Agreement agreement, Frequency frequency, DateTimeOffset now) =>
        agreement.ChangeSchedule(new(null, frequency), now);

    public static Agreement Stopped(this Agreement agreement, string reason = "two charges") =>
        agreement with
        {
            Stops = [new(AgreementStop.OfAgreement, reason, Morning)],
        };

    /// <summary>Why charging is stopped, reason by reason; null when it is not.</summary>
    public static string? WhyStopped(this Agreement agreement) =>
        agreement.Stops.IsEmpty ? null : string.Join("; ", agreement.Stops.Select(it => $"{it.Subject}: {it.Reason}"));

    private static ChargeReading Reading(ChargeStatus status, string word, string providerId) =>
        new()
        {
            ProviderId = providerId,
            Status = status,
            StatusWord = word,
        };
}
