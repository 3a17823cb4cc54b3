namespace Billing;

/// <summary>What the storefront is told about the money side of an agreement, computed and never stored.</summary>
public enum BillingState
{
    /// <summary>The consumer has not approved yet.</summary>
    AwaitingApproval,

    /// <summary>Nothing is charged by itself.</summary>
    Unscheduled,

    /// <summary>Every period so far is settled.</summary>
    Current,

    /// <summary>PPRO's answer for a period is awaited.</summary>
    InDoubt,

    /// <summary>A period was declined and will be tried again.</summary>
    Dunning,

    /// <summary>A period was declined for good; the next one is charged on its own.</summary>
    PastDue,

    /// <summary>No period is left, and all is settled: it ends when what was paid for is over.</summary>
    Completed,

    /// <summary>The schedule is paused.</summary>
    Paused,

    /// <summary>A person has to look at it.</summary>
    Exception,

    Ended,
}

public static class BillingStates
{
    public static BillingState Of(Agreement agreement) =>
        agreement switch
        {
            { Stops.IsEmpty: false } => BillingState.Exception,
            { Ending: not null } => BillingState.Ended,
            { Status: { } status } when status.IsFinal() => BillingState.Ended,
            { Status: not AgreementStatus.Active } => BillingState.AwaitingApproval,
            { Plan.IsPastDue: false } when PlanEnd.IsReached(agreement) => BillingState.Completed,
            { Plan.PausedAt: not null } => BillingState.Paused,
            _ when agreement.Open.Any(it => it.Period is not null && it.IsDoubtful) => BillingState.InDoubt,
            { Plan.Dunning: not null } => BillingState.Dunning,
            { Plan.IsPastDue: true } => BillingState.PastDue,
            { Plan.Schedule: null } => BillingState.Unscheduled,
            _ => BillingState.Current,
        };
}
