using Billing;

namespace Flows;

/// <summary>Why a refund is refused, with what the charge still allows.</summary>
public static partial class Problems
{
    public static Reply RefundReferenceTaken(Agreement agreement) =>
        About(
            agreement,
            "reference-taken",
            "Reference taken",
            409,
            "Another refund of this charge has this merchantRefundReference. Use a new one."
        );

    public static Reply RefundHindered(Agreement agreement, Attempt charge, RefundHindrance hindrance)
    {
        if (hindrance is RefundHindrance.NameTaken)
        {
            return RefundReferenceTaken(agreement);
        }

        var reply = Of(WhyNot(hindrance).About(agreement).About(charge));
        return hindrance is RefundHindrance.Unsettled or RefundHindrance.TooManyOpen
            ? reply with
            {
                RetryAfter = 60,
            }
            : reply;
    }

    private static Problem WhyNot(RefundHindrance hindrance) =>
        hindrance switch
        {
            RefundHindrance.ExceedsRest => new(
                Prefix + "refund-exceeds-rest",
                "More than is left",
                422,
                "The amount is more than what was captured and is not refunded yet: see refundableAmount."
            ),
            RefundHindrance.NotCaptured => new(
                Prefix + "refund-not-allowed",
                "Not refundable",
                409,
                "The charge was not captured."
            ),
            RefundHindrance.WindowClosed => new(
                Prefix + "refund-not-allowed",
                "Not refundable",
                409,
                "The refund period is over: see refundableUntil."
            ),
            _ => new(
                Prefix + "refund-unsettled",
                "One refund at a time",
                409,
                "An earlier refund of this charge is not decided yet. Repeat after Retry-After seconds."
            ),
        };
}
