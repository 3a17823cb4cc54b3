using System.Diagnostics;
using Billing;

namespace Flows;

/// <summary>Why a period is left as it is.</summary>
public static partial class Problems
{
    /// <summary>Why a change of the plan is refused; null when the plan is as asked already.</summary>
    public static Reply PlanHindered(Agreement agreement, PlanHindrance? hindrance)
    {
        var errors = new FieldErrors();
        switch (hindrance)
        {
            case PlanHindrance.EndTooEarly:
                errors.Value("/endDate", "Must be in the future, and after the start.");
                break;
            case PlanHindrance.MoreAreCaptured:
                errors.Value(
                    "/maxCharges",
                    $"Must be at least {agreement.Plan.CapturedPeriods}: so many are captured."
                );
                break;
            default:
                return NothingToChange(agreement);
        }

        return InvalidFields(errors, agreement);
    }

    public static Reply PeriodHindered(Agreement agreement, PeriodHindrance hindrance) =>
        About(
            agreement,
            "period-not-changed",
            "The period is left as it is",
            hindrance is PeriodHindrance.NoSuchPeriod ? 404 : 409,
            hindrance switch
            {
                PeriodHindrance.NotActive => "The agreement is not active.",
                PeriodHindrance.Exception => "Charging is stopped until an operator has looked at this agreement.",
                PeriodHindrance.TermOver => "The agreement's endDate has come.",
                PeriodHindrance.NoSuchPeriod =>
                    "No period of this agreement starts on this day, or it was never tried: "
                        + "send a charge with forPeriod and an amount.",
                PeriodHindrance.NotBegun => "The period has not begun: it is charged by itself when it is due.",
                PeriodHindrance.Paid => "The period is paid.",
                PeriodHindrance.Open => "PPRO may still capture an earlier attempt for this period. Wait for its word.",
                PeriodHindrance.TooMany => "There are too many attempts for this period, or maxCharges is reached.",
                PeriodHindrance.Settled => "Nothing is owed for this period.",
                _ => throw new UnreachableException(),
            }
        );
}
