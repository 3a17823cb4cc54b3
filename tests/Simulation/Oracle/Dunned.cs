namespace Simulation.Tests;

/// <summary>
/// The README's promise 36: a period that was declined is tried again by itself on the days that were set, 1, 3, 5 and
/// 7 after its due day: never before the first, at most once from each to the next, and not when it is over. What the
/// shop tries by hand uses up none of them.
/// </summary>
internal static class Dunned
{
    private static readonly int[] Days = [1, 3, 5, 7];

    public static void Judge(World world, AgreementWitness witness, Sending sending)
    {
        if (sending is { IsByHand: true } or { Number: 1 } or { Period: null } || witness.Calendar is not { } calendar)
        {
            return;
        }

        var day = sending.Period!.Value;
        if (sending.ClaimedOn >= calendar.EndOf(day))
        {
            world.Violate($"{sending.RowKey} is tried again on {sending.ClaimedOn:O}, and its period is over");
        }

        var attempts = world.Ledger.SendingsOf(sending.Agreement).Where(it => it.Period == day).ToList();
        var retries = attempts.Where(it => !it.IsByHand && it.Number > 1 && !FollowsRefusal(it, attempts)).ToList();
        if (!DueDays(world, calendar, attempts).Any(due => Fit(retries, due)))
        {
            var days = string.Join(' ', retries.Select(it => $"{it.ClaimedOn:MMdd}"));
            world.Violate($"{sending.RowKey} is tried again by itself on {days}, not on its days");
        }
    }

    /// <summary>What PPRO refused as a request is tried again as soon as somebody has corrected it.</summary>
    private static bool FollowsRefusal(Sending retry, List<Sending> attempts) =>
        attempts.Exists(it => it.Number == retry.Number - 1 && it.WasRefused);

    /// <summary>
    /// The first period is due when it is first tried; which day that was, PPRO may see otherwise than we.
    /// </summary>
    public static IEnumerable<DateOnly> DueDays(World world, OwnCalendar calendar, List<Sending> attempts)
    {
        var first = attempts.MinBy(it => it.Number)!;
        if (first.Period != calendar.First)
        {
            return [first.Period!.Value];
        }

        var atPpro = world.Books.Charges.FirstOrDefault(it => it.Reference == first.Reference);
        DateOnly?[] days =
        [
            first.ClaimedOn,
            atPpro is null ? null : Grid.DayAt(atPpro.CreatedAt),
            atPpro is null ? null : Grid.DayAt(atPpro.CreatedAt + world.Slack),
        ];
        return days.OfType<DateOnly>().Select(it => it > calendar.First ? it : calendar.First);
    }

    private static bool Fit(List<Sending> retries, DateOnly due)
    {
        var stretches = retries
            .OrderBy(it => it.Number)
            .Select(it => Days.Count(days => due.AddDays(days) <= it.ClaimedOn))
            .ToList();
        return stretches.TrueForAll(it => it > 0) && stretches.Distinct().Count() == stretches.Count;
    }
}
