namespace Billing;

/// <summary>What a look does next. The set is closed; the flow that looks carries each out.</summary>
public abstract record LookStep
{
    private LookStep() { }

    /// <summary>True when taking the step asks for money at once, without a read that could find the answer.</summary>
    public bool SendsFirst => this is Charge or Send or RetryRefund or RefundLate;

    /// <summary>Which step it is, of which thing: by it a step that fails is known again.</summary>
    public string Name =>
        this switch
        {
            ReadBack it => $"read back {it.Key}",
            ReadBackRefund it => $"read back refund {it.Id}",
            RetryRefund it => $"refund {it.Id} again",
            RefundLate it => $"refund {it.ChargeKey}",
            Send it => $"send {it.Key}",
            Drop it => $"drop {it.Key}",
            Skip => "skip periods",
            Charge it => $"charge {it.Due.Period.Name}",
            _ => GetType().Name.ToLowerInvariant(),
        };

    /// <summary>Reads the agreement at PPRO.</summary>
    public sealed record Read : LookStep;

    /// <summary>Closes an agreement that was not approved in time.</summary>
    public sealed record Close : LookStep;

    /// <summary>Cancels an agreement on the day for which that was asked.</summary>
    public sealed record Cancel : LookStep;

    /// <summary>Ends an agreement whose plan has no period left.</summary>
    public sealed record Complete : LookStep;

    /// <summary>Asks PPRO to end an agreement that we want ended, and reads whether it has.</summary>
    public sealed record Revoke : LookStep;

    /// <summary>Reads an attempt back, and sends it again when it is not there and may be sent.</summary>
    public sealed record ReadBack(string Key) : LookStep;

    /// <summary>Reads a refund back, and sends it again when it is not there and may be sent.</summary>
    public sealed record ReadBackRefund(string Id) : LookStep;

    /// <summary>Asks again for a refund that PPRO wanted later.</summary>
    public sealed record RetryRefund(string Id) : LookStep;

    /// <summary>Gives back the first charge of an agreement that was closed before it became active.</summary>
    public sealed record RefundLate(string ChargeKey) : LookStep;

    /// <summary>Sends an attempt that is certainly not at PPRO.</summary>
    public sealed record Send(string Key) : LookStep;

    /// <summary>Drops an unsent attempt that is no longer wanted.</summary>
    public sealed record Drop(string Key) : LookStep;

    /// <summary>Gives up on a declined period whose days are over.</summary>
    public sealed record EndDunning : LookStep;

    /// <summary>Records periods that passed without a charge.</summary>
    public sealed record Skip(int Through, string Reason) : LookStep;

    /// <summary>Charges a period that is due.</summary>
    public sealed record Charge(DuePeriod Due) : LookStep;
}

/// <summary>A step and the moment from which on it is due.</summary>
public sealed record AgendaItem(DateTimeOffset At, LookStep Step);
