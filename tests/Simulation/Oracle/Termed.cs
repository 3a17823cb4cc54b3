namespace Simulation.Tests;

/// <summary>
/// The README's promise 35: nothing leaves for the first time before the start; nothing leaves at the end or later, not
/// even again; no period begins at the end or later; and no more periods are charged than were agreed.
/// </summary>
internal static class Termed
{
    private static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(31);

    public static void Judge(World world, Life life, AgreementWitness witness, Claimed claim)
    {
        var (sending, terms) = (claim.Sending, life.Terms);
        var isResend = sending.FirstPostAt is not null;
        if (world.Time.Now - world.Slack - OnItsWay >= terms.EndAt(claim.At))
        {
            var what = isResend ? "sent again" : "sent";
            world.Violate($"{sending.Reference} was {what} at the end, {terms.EndAt(claim.At):O}, or later");
        }

        if (isResend)
        {
            return;
        }

        if (world.Time.Now + world.Slack < terms.StartsAt)
        {
            world.Violate($"{sending.Reference} was sent before the start, {terms.StartsAt:O}");
        }

        if (terms.EndAt(claim.At) is { } end)
        {
            JudgeBegun(world, life, witness, sending, end);
        }

        var most = world.Oddly.IsMisquoted(life) ? null : terms.MaxCharges(claim.At);
        if (sending.Period is not null && CapturedOf(world, life) >= most)
        {
            world.Violate($"{sending.Reference} was sent, and {most} periods are captured, which is all");
        }
    }

    /// <summary>
    /// A period begins at the time of day at which the agreement starts: so a year has twelve months.
    /// </summary>
    private static void JudgeBegun(
        World world,
        Life life,
        AgreementWitness witness,
        Sending sending,
        DateTimeOffset end
    )
    {
        var starts = life.Terms.StartsAt ?? witness.CreatedAt;
        if (sending is { Period: { } day, Number: 1 } && Begins(day, starts) >= end)
        {
            world.Violate($"{sending.Reference} was sent, and its period begins at the end, {end:O}, or later");
        }
    }

    public static DateTimeOffset Begins(DateOnly day, DateTimeOffset starts) =>
        new DateTimeOffset(day.ToDateTime(default), Grid.Seoul) + starts.ToOffset(Grid.Seoul).TimeOfDay;

    /// <summary>
    /// How many different periods PPRO has captured; with all that may be disputed, one that was captured twice counts
    /// twice.
    /// </summary>
    public static int CapturedOf(World world, Life life, bool withOdd = false) =>
        withOdd ? Captured(world, life, withOdd).Count() : PeriodsCaptured(world, life).Count();

    public static IEnumerable<DateOnly> PeriodsCaptured(World world, Life life) =>
        Captured(world, life, withOdd: false).Distinct();

    private static IEnumerable<DateOnly> Captured(World world, Life life, bool withOdd) =>
        world
            .Books.Charges.Where(it => it.Agreement.Reference == life.Id.Value && it.IsCaptured)
            .Where(it => withOdd || !Oddly.IsOdd(it))
            .Select(it => world.Ledger.ClaimOf(life.Id.Value, it.Reference!)?.Sending.Period)
            .OfType<DateOnly>();
}
