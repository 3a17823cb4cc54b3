namespace Billing;

/// <summary>
/// What all workers agree on about charging at all: whether it is stopped, and how much of today's caps is taken.
/// </summary>
public sealed partial record ChargingControl
{
    public static ChargingControl Untouched { get; } = new();

    /// <summary>Whoever finds charging stopped asks again after this; looks with a spread.</summary>
    public static TimeSpan AskAgain { get; } = TimeSpan.FromMinutes(15);

    /// <summary>Counts the writes, beside the store's ETag.</summary>
    public int Version { get; init; }

    /// <summary>While set, no charge, resend or refund leaves. Reads, revocations and webhooks go on.</summary>
    public ChargingStop? Stop { get; init; }

    /// <summary>The Seoul day that the two figures below are of.</summary>
    public DateOnly? SpentOn { get; init; }

    public int SpentCharges { get; init; }

    public long SpentMinorUnits { get; init; }

    /// <summary>A person's stop replaces an automatic one, and is never replaced by it: it ends by hand only.</summary>
    public ChargingControl StopBy(ChargingStop stop) =>
        Stop is null || (Stop.IsAutomatic && !stop.IsAutomatic) ? this with { Stop = stop } : this;

    /// <summary>A person starts charging, after whatever was wrong: nothing is held against it any more.</summary>
    public ChargingControl Start() => Stop is null ? this : Unburdened() with { Stop = null };

    /// <summary>
    /// Takes a part of today's caps for a worker, so that not every charge writes here. The nearer the cap, the smaller
    /// the part; what a worker that dies has not used is lost for the day. Null when the cap has no room.
    /// </summary>
    public (ChargingControl Control, Allowance Grant)? Take(DailyCaps caps, long minorUnits, DateOnly today)
    {
        var (charges, spent) = SpentOn == today ? (SpentCharges, SpentMinorUnits) : (0, 0);
        var (chargesLeft, left) = (caps.Charges - charges ?? int.MaxValue, caps.MinorUnits - spent ?? long.MaxValue);
        if (chargesLeft < 1 || left < minorUnits)
        {
            return null;
        }

        var share = Math.Min(chargesLeft / DailyCaps.Shares, left / DailyCaps.Shares / Math.Max(1, minorUnits));
        var grant = (int)Math.Clamp(share, 1, DailyCaps.MaxAtOnce);
        var taken = new Allowance(today, grant, grant * minorUnits);
        var control = this with
        {
            SpentOn = today,
            SpentCharges = charges + taken.Charges,
            SpentMinorUnits = spent + taken.MinorUnits,
        };
        return (control, taken);
    }
}

/// <summary>Why nothing is charged, since when, and who said so.</summary>
public sealed record ChargingStop(DateTimeOffset At, string By, string Reason, bool IsAutomatic)
{
    /// <summary>When an automatic one may end by itself at the earliest; null for one of a person.</summary>
    public DateTimeOffset? LiftsAt { get; init; }
}

/// <summary>The most that may be asked for in one Seoul day; null is without limit. Every send counts.</summary>
public sealed record DailyCaps(int? Charges, long? MinorUnits)
{
    internal const int MaxAtOnce = 16;

    /// <summary>No worker takes more than this part of what is left.</summary>
    internal const int Shares = 64;

    public bool AreNone => Charges is null && MinorUnits is null;
}

/// <summary>What a worker may still ask for today without asking the control row.</summary>
public sealed record Allowance(DateOnly On, int Charges, long MinorUnits);
