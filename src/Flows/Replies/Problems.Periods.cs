using System.Diagnostics;
using Billing;

namespace Flows;

/// <summary>Why a period is left as it is.</summary>
public static partial class Problems
{
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
