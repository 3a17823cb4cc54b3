using Billing;

namespace Simulation.Tests;

/// <summary>
/// A plan that is over, by its end or by the number of its charges, is revoked at PPRO when what was paid for is over,
/// and not before; until then the shop sees it completed.
/// </summary>
internal static class Completed
{
    private static readonly TimeSpan Late = TimeSpan.FromDays(2);

    public static void Judge(World world, Life life, Agreement agreement)
    {
        var witness = world.Ledger.Of(life.Id)!;
        if (
            world.Oddly.IsMisquoted(life)
            || life.AtPpro is not { Status: "ACTIVE" }
            || agreement is not { Status: AgreementStatus.Active, Ending: null }
        )
        {
            return;
        }

        if (IsOver(world, life, witness) && OverSince(world, life, witness) + Late < world.Time.Now)
        {
            world.Violate($"the plan of {life.Plan.Key} is over, and PPRO has it ACTIVE");
        }

        var isPaid =
            witness.Calendar is { Taken: [.., var last] } && Termed.PeriodsCaptured(world, life).Contains(last);
        var isSettled = agreement.Stops.IsEmpty && agreement.Open.All(it => it.Period is null);
        if (IsOver(world, life, witness) && isPaid && isSettled)
        {
            JudgeState(world, life, agreement);
        }
    }

    /// <summary>We want it ended because its plan is completed.</summary>
    public static void JudgeEnding(World world, Life life, AgreementWitness witness)
    {
        if (world.Oddly.IsMisquoted(life))
        {
            return;
        }

        if (!IsOver(world, life, witness, withOdd: true))
        {
            world.Violate($"{life.Plan.Key} was ended as completed, and its plan is not over");
        }

        var now = world.Time.Now + world.Slack;
        var paid = witness.Calendar is { } calendar
            ? Termed.PeriodsCaptured(world, life).Where(it => StartOf(calendar.EndOf(it)) > now).ToList()
            : [];
        if (paid is [var day, ..])
        {
            world.Violate($"{life.Plan.Key} was ended as completed, and its period of {day:O} is paid and not over");
        }
    }

    private static void JudgeState(World world, Life life, Agreement agreement)
    {
        var state = Flows.Replies.Words.Of(BillingStates.Of(agreement));
        if (state is not "COMPLETED")
        {
            world.Violate($"the plan of {life.Plan.Key} is over and paid, and the shop sees {state}");
        }
    }

    private static bool IsOver(World world, Life life, AgreementWitness witness, bool withOdd = false)
    {
        var (end, most) = (life.Terms.EndAt(world.Time.Now), life.Terms.MaxCharges(world.Time.Now));
        return witness.Calendar is not { } calendar
            ? end <= world.Time.Now + world.Slack
            : Termed.CapturedOf(world, life, withOdd) >= most
                || Termed.Begins(calendar.Next, life.Terms.StartsAt ?? witness.CreatedAt) >= end;
    }

    /// <summary>When the last period that was begun is over too, and nothing of it can be tried again.</summary>
    private static DateTimeOffset OverSince(World world, Life life, AgreementWitness witness) =>
        witness.Calendar is { } calendar ? StartOf(calendar.Next) : life.Terms.EndAt(world.Time.Now)!.Value;

    private static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(default), Grid.Seoul);
}
