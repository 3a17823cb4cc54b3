namespace Billing;

/// <summary>What the shop changes of a plan while the agreement lives.</summary>
public static class PlanChanges
{
    /// <summary>
    /// A new price for the periods that begin after today, a new frequency from the next period start on, a new end,
    /// another number of charges. A new frequency counts from that day, which becomes its anchor; taken back before
    /// that day it leaves no trace. What was intended before stays as it was intended.
    /// </summary>
    public static Change ChangeSchedule(this Agreement agreement, PlanChange change, DateTimeOffset now)
    {
        if (agreement.WhyNoChange(change, now) is not null)
        {
            return Change.None(agreement);
        }

        var plan = agreement.Plan with
        {
            EndAt = change.End is { } end ? end.Value : agreement.Plan.EndAt,
            MaxCharges = change.MaxCharges is { } most ? most.Value : agreement.Plan.MaxCharges,
        };
        plan = change.Price is { } price ? plan.WithPrice(price, BillingCalendar.DateAt(now)) : plan;
        plan = change.Frequency is { } frequency ? plan.WithFrequency(frequency) : plan;
        return plan == agreement.Plan ? Change.None(agreement) : Change.To(agreement with { Plan = plan });
    }

    /// <summary>Null when this may be changed now.</summary>
    public static PlanHindrance? WhyNoChange(this Agreement agreement, PlanChange change, DateTimeOffset now) =>
        agreement switch
        {
            { IsEnded: true } => PlanHindrance.Ended,
            { Plan.Schedule: null } when change.IsOfSchedule => PlanHindrance.Unscheduled,
            _ when change.End is { Value: { } end } && (end <= now || end <= agreement.Plan.StartsAt) =>
                PlanHindrance.EndTooEarly,
            _ when change.MaxCharges is { Value: { } most } && most < PlanEnd.CapturedOrOpen(agreement) =>
                PlanHindrance.MoreAreCaptured,
            _ => null,
        };
}

/// <summary>
/// What is to change; null for what stays. An end or a number of charges may also be taken away: then there is one, and
/// its value is null.
/// </summary>
public sealed record PlanChange(Money? Price, Frequency? Frequency)
{
    public NewEnd? End { get; init; }

    public NewMaxCharges? MaxCharges { get; init; }

    /// <summary>It is about periods, which there are only with a frequency.</summary>
    public bool IsOfSchedule => Price is not null || Frequency is not null || MaxCharges is not null;
}

/// <summary>From this moment on no period begins; null is without end.</summary>
public sealed record NewEnd(DateTimeOffset? Value);

/// <summary>How many periods may be captured; null is without end.</summary>
public sealed record NewMaxCharges(int? Value);

/// <summary>Why a plan stays as it is.</summary>
public enum PlanHindrance
{
    /// <summary>The agreement has ended.</summary>
    Ended,

    /// <summary>The agreement has no frequency, and so no periods.</summary>
    Unscheduled,

    /// <summary>The end is not after now, or not after the start.</summary>
    EndTooEarly,

    /// <summary>More periods are captured already, or may still be.</summary>
    MoreAreCaptured,
}
