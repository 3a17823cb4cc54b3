using Billing;
using PproSimulator;

namespace Simulation.Tests;

/// <summary>
/// After calm days nothing of the current period waits that should have been tried again: what was declined softly, on
/// the next of its days; what PPRO had refused as a request, as soon as nothing stopped it any more.
/// </summary>
internal static class Untried
{
    private static readonly int[] Days = [1, 3, 5, 7];

    /// <summary>A decline is known so soon, without any webhook.</summary>
    private static readonly TimeSpan Known = TimeSpan.FromHours(5);
    private static readonly TimeSpan Settled = TimeSpan.FromHours(12);
    private static readonly TimeSpan Closes = TimeSpan.FromHours(21);

    public static void Judge(World world, Life life, Agreement agreement)
    {
        var witness = world.Ledger.Of(life.Id)!;
        var terms = life.Terms;
        if (
            witness.Calendar is not { Taken: [.., var day] } calendar
            || !agreement.MayCharge
            || life.AtPpro is not { Status: "ACTIVE" }
            || agreement.Plan is not { PausedAt: null, Cancel: null }
            || terms.EndAt(world.Time.Now) is not null
            || Termed.CapturedOf(world, life) >= terms.MaxCharges(world.Time.Now)
            || world.Time.Now >= StartOf(calendar.EndOf(day))
            || WasLetGo(world, life, day)
        )
        {
            return;
        }

        var attempts = world.Ledger.SendingsOf(life.Id.Value).Where(it => it.Period == day).ToList();
        if (attempts.MaxBy(it => it.Number) is { IsRefund: false } last && attempts.Count < BillingRules.MaxAttempts)
        {
            Judge(world, calendar, attempts, last);
        }
    }

    /// <summary>The shop wants nothing more for it.</summary>
    private static bool WasLetGo(World world, Life life, DateOnly day) =>
        world
            .Store.ListSkipsAsync(life.Id, 100, default)
            .Result.Any(it => it.Reason is Errands.ReasonOfSkip && it.From <= day && day <= it.Through);

    private static void Judge(World world, OwnCalendar calendar, List<Sending> attempts, Sending last)
    {
        var charge = world.Books.Charges.FirstOrDefault(it => it.Reference == last.Reference);
        var isToBeTried =
            charge is null && last is { WasRefused: true, IsByHand: false } && !WasLeftInDoubt(world, last);
        if (isToBeTried && HasTimePassed(world, last))
        {
            world.Violate($"{last.RowKey} was refused as a request, and its period is not tried again");
        }

        if (charge is not { FailedAt: { } failed, IsCaptured: false } || !IsSoft(charge) || Oddly.IsOdd(charge))
        {
            return;
        }

        var due = Dunned.DueDays(world, calendar, attempts).ToList();
        var next = due.Select(it => NextDay(it, failed)).Distinct().ToList();
        if (next is [{ } day] && IsPast(world, day) && day < calendar.EndOf(last.Period!.Value))
        {
            world.Violate($"{last.RowKey} was declined, and its period is not tried again on {day:O}");
        }
    }

    /// <summary>
    /// That refusal was not heard, or was one of a resend: it was looked for, and goes on by the dunning rules.
    /// </summary>
    private static bool WasLeftInDoubt(World world, Sending last)
    {
        var key = last.RowKey["charge-".Length..];
        var attempt = world.Store.FindAttemptAsync(AgreementId.Parse(last.Agreement), key, default).Result;
        return attempt is { State: AttemptState.NeverHappened };
    }

    /// <summary>The first of the days whose opening comes after the decline is known.</summary>
    private static DateOnly? NextDay(DateOnly due, DateTimeOffset failed) =>
        Days.Select(it => (DateOnly?)due.AddDays(it))
            .FirstOrDefault(it => StartOf(it!.Value).AddHours(9) > failed + Known);

    /// <summary>The day's window has closed, and it was a calm one.</summary>
    private static bool IsPast(World world, DateOnly day) =>
        StartOf(day).AddHours(9) > CalmFrom(world) && StartOf(day) + Closes + Known < world.Time.Now;

    private static bool HasTimePassed(World world, Sending last) =>
        (last.ClaimedAt > CalmFrom(world) ? last.ClaimedAt : CalmFrom(world)) + TimeSpan.FromDays(3) < world.Time.Now;

    private static DateTimeOffset CalmFrom(World world) => world.Plan.StartsAt + world.Plan.Trouble + Settled;

    private static bool IsSoft(SimCharge charge) =>
        charge.Failure is { Code: "INSUFFICIENT_FUNDS", IsRetryable: not false } or { Code: "AGREEMENT_INACTIVE" };

    private static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(default), Grid.Seoul);
}
