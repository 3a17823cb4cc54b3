using System.Collections.Immutable;
using Billing;
using PproSimulator;
using Storage;

namespace Azurite.Tests.JourneyTests;

/// <summary>Our rows of one agreement beside what PPRO's books say really happened.</summary>
public sealed record Accounts(
    AgreementId Id,
    Agreement? Agreement,
    IReadOnlyList<Attempt> Attempts,
    IReadOnlyList<SkippedPeriods> Skips,
    IReadOnlyList<SimAgreement> AgreementsAtPpro,
    IReadOnlyList<SimCharge> ChargesAtPpro,
    DateTimeOffset Now
)
{
    private const int All = 1000;

    public IReadOnlyList<SimCharge> Captured => [.. ChargesAtPpro.Where(it => it.IsCaptured)];

    public static async Task<Accounts> ReadAsync(World world, AgreementId id)
    {
        var books = world.Books;
        return new(
            id,
            await world.FindAsync(id),
            await world.Store.ListAttemptsAsync(id, null, All, default),
            await world.Store.ListSkipsAsync(id, All, default),
            books.With(it => it.Agreements.Where(agreement => agreement.Reference == id.Value).ToImmutableList()),
            books.With(it => it.Charges.Where(charge => charge.Agreement.Reference == id.Value).ToImmutableList()),
            world.Clock.GetUtcNow()
        );
    }

    /// <summary>What must hold whatever happened (the README's promises 1, 3, 5).</summary>
    public void VerifyMoney()
    {
        Assert.InRange(AgreementsAtPpro.Count, 0, 1);
        Once(ChargesAtPpro.Select(it => it.Reference!), "charges at PPRO under one reference");
        Once(Captured.Select(PeriodOf).OfType<string>(), "captures of one period");
        Once(
            ChargesAtPpro.SelectMany(it => it.Refunds).Select(it => it.Reference!),
            "refunds at PPRO under one reference"
        );
        Assert.All(ChargesAtPpro, it => Assert.True(it.Refunded <= it.Amount.Value, "refunded more than captured"));
        Assert.Empty(Agreement?.Stops ?? []);
        Assert.Equal(Captured.Sum(it => it.Amount.Value), Agreement?.CapturedMinorUnits ?? 0);
        Assert.Equal(ChargesAtPpro.Sum(it => it.Refunded), Agreement?.RefundedMinorUnits ?? 0);
        Assert.Equal(
            Captured.Select(it => it.Id).Order(),
            Attempts.Where(it => it.State is AttemptState.Captured).Select(it => it.ProviderId).Order()
        );
        Assert.Empty(Attempts.Where(it => it.IsOpen).Select(it => $"{it.Key} is still {it.State}"));
    }

    /// <summary>Every period that has become due is captured, none is skipped, and the rest is yet to come.</summary>
    public void VerifyEveryPeriodIsCharged()
    {
        Assert.Equal(DuePeriods(), Captured.Select(PeriodOf).OfType<string>().Order());
        Assert.Empty(Skips);
    }

    /// <summary>
    /// Every due period is captured or recorded as skipped, and none is both (the README's promise 20).
    /// </summary>
    public void VerifyEveryPeriodIsExplained()
    {
        var skipped = DuePeriods().Where(it => Skips.Any(skip => Covers(skip, it)));
        Assert.Equal(DuePeriods(), Captured.Select(PeriodOf).OfType<string>().Concat(skipped).Order());
    }

    /// <summary>A soft decline, then the same period once more, and it is paid.</summary>
    public void VerifyIsPaidAtTheSecondTry()
    {
        VerifyEveryPeriodIsCharged();
        var second = ChargesAtPpro.Where(it => PeriodOf(it) == DuePeriods()[1]).ToList();
        Assert.Equal(["FAILED", "CAPTURED"], second.Select(it => it.Status));
    }

    /// <summary>These amounts were captured by the schedule; every other due period is skipped with a reason.</summary>
    public void VerifyCharges(params long[] amounts)
    {
        VerifyEveryPeriodIsExplained();
        Assert.Equal(amounts, Captured.OrderBy(it => it.CreatedAt).Select(it => it.Amount.Value));
    }

    /// <summary>This many periods are skipped with a reason; every other due one is captured.</summary>
    public void VerifySkips(int count)
    {
        VerifyEveryPeriodIsExplained();
        Assert.Equal(count, Skips.Sum(it => it.Count));
    }

    /// <summary>
    /// PPRO has ended it for us, and nothing was charged after its first period (the README's promise 13).
    /// </summary>
    public void VerifyHasEnded()
    {
        Assert.Equal(["REVOKED_BY_MERCHANT"], AgreementsAtPpro.Select(it => it.Status));
        Assert.Equal(AgreementStatus.RevokedByMerchant, Agreement!.Status);
        Assert.Single(ChargesAtPpro);
    }

    /// <summary>The names of the periods whose charging window has opened, by the calendar alone.</summary>
    public IReadOnlyList<string> DuePeriods()
    {
        var schedule = Agreement!.Plan.Schedule!;
        var periods = Enumerable.Range(0, All).Select(schedule.Period);
        var due = periods.TakeWhile(it =>
            it.Number is 0 || BillingCalendar.InstantAt(it.Start, BillingRules.Default.WindowOpens) < Now
        );
        return [.. due.Select(it => it.Name)];
    }

    private static string? PeriodOf(SimCharge charge) =>
        ChargeKeys.ParseReference(charge.Reference)?.Key.Split('-') is [{ Length: 8 } period, _] ? period : null;

    private static bool Covers(SkippedPeriods skip, string period) =>
        string.CompareOrdinal(BillingPeriod.NameOf(skip.From), period) <= 0
        && string.CompareOrdinal(BillingPeriod.NameOf(skip.Through), period) >= 0;

    private static void Once(IEnumerable<string> names, string what)
    {
        var twice = names.GroupBy(it => it).Where(it => it.Count() > 1).Select(it => it.Key);
        Assert.False(twice.Any(), $"{what}: {string.Join(", ", twice)}");
    }
}
