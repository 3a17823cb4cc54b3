using Billing;
using PproSimulator;
using Storage;

namespace Simulation.Tests;

/// <summary>
/// After a history and its calm days: the promises, against the books of PPRO and not against ours.
/// </summary>
internal static class Judgement
{
    public static void Pass(World world)
    {
        foreach (var life in world.Lives)
        {
            if (world.Violation is null && world.Store.FindAsync(life.Id, default).Result is { } agreement)
            {
                Judge(world, life, agreement);
            }
        }
    }

    private static void Judge(World world, Life life, Agreement agreement)
    {
        SimCharge[] charges = [.. world.Books.Charges.Where(it => it.Agreement.Reference == life.Id.Value)];
        Charged.Judge(world, life, agreement, charges);
        Refunded.Judge(world, life, agreement, charges);
        Promised.Judge(world, life, charges);
        Scheduled.Judge(world, life, agreement);
        world.Ledger.CheckBaton(life.Id.Value);
        Approved.Judge(world, life, agreement, charges);
        if (Stopped.Is(agreement) && !world.Oddly.Has(life))
        {
            world.Violate($"{life.Plan.Key} has an exception: {agreement.Stops[0]}");
        }

        Ended.Judge(world, life, agreement);
        Completed.Judge(world, life, agreement);
        Untried.Judge(world, life, agreement);
        JudgeOpen(world, life, agreement);
        JudgeMoneyRows(world, agreement);
        JudgeEnd(world, life, agreement);
    }

    /// <summary>
    /// After the calm days nothing is undecided; but a pause holds back what PPRO never had, until its period is
    /// missed.
    /// </summary>
    private static void JudgeOpen(World world, Life life, Agreement agreement)
    {
        var open = agreement.Open.Where(it =>
            it.State is not AttemptState.Waiting
            && world.Time.Now - (it.FirstSentAt ?? it.CreatedAt) > TimeSpan.FromDays(5)
        );
        var catchUp = life.Plan.CatchUp;
        var witness = world.Ledger.Of(life.Id)!;
        foreach (var attempt in open)
        {
            var isPaused =
                attempt is { State: AttemptState.Unsent, Period: { } period }
                && witness.PausedAt >= attempt.CreatedAt
                && witness.PeriodsSince(period.Name, world.Time.Now) <= catchUp;
            if (!isPaused && !Stopped.Is(agreement))
            {
                world.Violate($"{attempt.Key} of {life.Plan.Key} is still {attempt.State}");
            }
        }
    }

    /// <summary>The README's promise 5: the sums can be recomputed from the rows of moved money alone.</summary>
    private static void JudgeMoneyRows(World world, Agreement agreement)
    {
        var range = KeyRange.Prefix(agreement.Id.Value, Keys.MoneyPrefix, 10_000);
        var rows = world.Tables.RangeAsync(StoreNames.Agreements, range, default).Result;
        var captured = rows.Sum(row => row.GetInt64("CapturedMinorUnits")!.Value);
        var refunded = rows.Sum(row => row.GetInt64("RefundedMinorUnits")!.Value);
        if ((captured, refunded) != (agreement.CapturedMinorUnits, agreement.RefundedMinorUnits))
        {
            world.Violate($"{agreement.Id}: the rows of moved money say {captured} and {refunded}");
        }
    }

    /// <summary>The README's promises 12 to 15: PPRO's word is ours, and who is to be ended has ended.</summary>
    private static void JudgeEnd(World world, Life life, Agreement agreement)
    {
        if (life.AtPpro is not { } theirs)
        {
            return;
        }

        if (agreement.Ending is not null && agreement.Provider.Id is not null && theirs.Status is "ACTIVE")
        {
            world.Violate($"{life.Plan.Key} is to end, and PPRO has it ACTIVE");
        }

        if (agreement.Ending?.By is EndedBy.NotPaid)
        {
            world.Timeline.Count(Happening.EndedUnpaid);
            if (world.Plan.AfterLastDecline is AfterLastDecline.Leave)
            {
                world.Violate($"{life.Plan.Key} was ended because it was not paid, which nobody has set");
            }
        }

        if (theirs.Status is "REVOKED_BY_MERCHANT" && agreement is { Ending: null })
        {
            world.Violate($"{life.Plan.Key} was ended by us, and nobody knows who wanted it");
        }

        if (agreement.Status is { } ours && ours.IsFinal() && Flows.Replies.Words.Of(ours) != theirs.Status)
        {
            world.Violate($"{life.Plan.Key} is {ours} here and {theirs.Status} at PPRO");
        }
    }
}
