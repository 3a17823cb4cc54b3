using System.Collections.Frozen;
using System.Globalization;
using Billing;

namespace Flows.Replies;

/// <summary>What the rules refuse: one row for each hindrance, with what the caller is told.</summary>
public static partial class Problems
{
    private static readonly FrozenDictionary<Enum, Refusal> Refusals = new Dictionary<Enum, Refusal>
    {
        [CreateHindrance.Settled] = Create("This agreement can no longer be created."),
        [CreateHindrance.TooLate] = Create("This agreement can no longer be created."),
        [CreateHindrance.Closed] = Create("This agreement can no longer be created."),
        [CreateHindrance.Underway] = new(
            "create-underway",
            "The first request is still on its way",
            409,
            "Repeat the request, with the same key, after Retry-After seconds."
        ),

        [ChargeHindrance.NotYetActive] = Charge(NotYetActive),
        [ChargeHindrance.Ended] = Charge(Ended),
        [ChargeHindrance.Exception] = Charge(WaitsForAPerson),
        [ChargeHindrance.NotStarted] = Charge("The agreement's startDate has not come yet."),
        [ChargeHindrance.TermOver] = Charge(TermOver),
        [ChargeHindrance.TooManyOpen] = Charge("Too many charges wait for PPRO's answer. Try again later."),
        [ChargeHindrance.TooManyToday] = Charge("The agreement has reached its number of single charges for today."),
        [ChargeHindrance.NotConfirmed] = new(
            "provider-unavailable",
            "PPRO did not answer",
            502,
            "Nothing has confirmed this agreement for long, and PPRO could not be asked. Nothing was charged: repeat."
        )
        {
            RetryAfter = 60,
        },

        [PeriodHindrance.NotYetActive] = Period(NotYetActive),
        [PeriodHindrance.Ended] = Period(Ended),
        [PeriodHindrance.Exception] = Period(WaitsForAPerson),
        [PeriodHindrance.TermOver] = Period(TermOver),
        [PeriodHindrance.NotBegun] = Period("The period has not begun: it is charged by itself when it is due."),
        [PeriodHindrance.Paid] = Period("The period is paid."),
        [PeriodHindrance.Open] = Period(
            "PPRO may still capture an earlier attempt for this period. Wait for its word."
        ),
        [PeriodHindrance.TooMany] = Period("There are too many attempts for this period, or maxCharges is reached."),
        [PeriodHindrance.Settled] = Period("Nothing is owed for this period."),
        [PeriodHindrance.NoSuchPeriod] = Period(
            "No period of this agreement starts on this day, or it was never tried: "
                + "send a charge with forPeriod and an amount."
        ) with
        {
            Status = 404,
        },

        [PlanHindrance.Ended] = Nothing(Ended),
        [PlanHindrance.Unscheduled] = Nothing("The agreement has no schedule."),
        [PlanHindrance.EndTooEarly] = Field("/endDate", "Must be in the future, and after the start."),
        [PlanHindrance.MoreAreCaptured] = Field(
            "/maxCharges",
            "Must be at least {0}: so many are captured, or on their way."
        ),

        [RefundHindrance.NotCaptured] = new(
            "refund-not-allowed",
            "Not refundable",
            409,
            "The charge was not captured."
        ),
        [RefundHindrance.WindowClosed] = new(
            "refund-not-allowed",
            "Not refundable",
            409,
            "The refund period is over: see refundableUntil."
        ),
        [RefundHindrance.ExceedsRest] = new(
            "refund-exceeds-rest",
            "More than is left",
            422,
            "The amount is more than what was captured and is not refunded yet: see refundableAmount."
        ),
        [RefundHindrance.Unsettled] = OneRefundAtATime,
        [RefundHindrance.TooManyOpen] = OneRefundAtATime with
        {
            Text = "Too many refunds of this agreement are not decided yet. Repeat after Retry-After seconds.",
        },
        [RefundHindrance.NameTaken] = new(
            "reference-taken",
            "Reference taken",
            409,
            "Another refund of this charge has this merchantRefundReference. Use a new one."
        ),
    }.ToFrozenDictionary();

    private const string NotYetActive = "The agreement is not active yet: the consumer has not approved it.";
    private const string Ended = "The agreement has ended, or its end has been asked for.";
    private const string WaitsForAPerson = "Charging is stopped until an operator has looked at this agreement.";
    private const string TermOver = "The agreement's endDate has come.";

    private static Refusal OneRefundAtATime =>
        new(
            "refund-unsettled",
            "One refund at a time",
            409,
            "An earlier refund of this charge is not decided yet. Repeat after Retry-After seconds."
        )
        {
            RetryAfter = 60,
        };

    /// <summary>A create, a charge or a period that is refused, with the agreement as it is.</summary>
    public static Reply Hindered(Agreement agreement, Enum hindrance) =>
        Of(Refusals[hindrance], it => it.About(agreement));

    /// <summary>A change of the plan that is refused; null when the plan is as asked already.</summary>
    public static Reply PlanHindered(Agreement agreement, PlanHindrance? hindrance)
    {
        if (hindrance is null)
        {
            return NothingToChange(agreement);
        }

        var refusal = Refusals[hindrance];
        if (refusal.Pointer is not { } pointer)
        {
            return Hindered(agreement, hindrance);
        }

        var errors = new FieldErrors();
        errors.Value(
            pointer,
            string.Format(CultureInfo.InvariantCulture, refusal.Text, PlanEnd.CapturedOrOpen(agreement))
        );
        return InvalidFields(errors, agreement);
    }

    /// <summary>A refund that is refused, with what the charge still allows.</summary>
    public static Reply RefundHindered(Agreement agreement, Attempt charge, RefundHindrance hindrance) =>
        Of(
            Refusals[hindrance],
            it => hindrance is RefundHindrance.NameTaken ? it.About(agreement) : it.About(agreement).About(charge)
        );

    private static Reply Of(Refusal refusal, Func<Problem, Problem> about) =>
        Of(about(new(Prefix + refusal.Type, refusal.Title, refusal.Status, refusal.Text))) with
        {
            RetryAfter = refusal.RetryAfter,
        };

    private static Refusal Create(string text) =>
        new("create-too-late", "Too late to repeat", 409, $"{text} Start a new one with a new Idempotency-Key.");

    private static Refusal Nothing(string text) => new("nothing-to-change", "Not possible in this state", 409, text);

    private static Refusal Field(string pointer, string text) =>
        new("invalid-fields", "Invalid fields", 422, text) { Pointer = pointer };

    private static Refusal Charge(string text) => new("charge-not-allowed", "Not chargeable now", 409, text);

    private static Refusal Period(string text) => new("period-not-changed", "The period is left as it is", 409, text);

    private sealed record Refusal(string Type, string Title, int Status, string Text)
    {
        /// <summary>The field that is wrong, where it is one.</summary>
        public string? Pointer { get; init; }

        /// <summary>In seconds.</summary>
        public int? RetryAfter { get; init; }
    }
}
