namespace Billing;

/// <summary>How our books and PPRO's stand to each other about one thing.</summary>
public enum Standing
{
    Matched,

    /// <summary>They differ, for a reason that is known and that time or a look will settle.</summary>
    Explained,

    /// <summary>They differ and nobody knows why: a person has to look.</summary>
    Unexplained,
}

/// <summary>One thing that was compared.</summary>
/// <param name="Subject">A charge's key, a refund's or charge's id at PPRO, or <c>sums</c> and the like.</param>
/// <param name="Standing">How it stands.</param>
/// <param name="Reason">Why, in words for people; empty when matched.</param>
public sealed record Finding(string Subject, Standing Standing, string Reason)
{
    /// <summary>The finding stops the charging of the agreement, too, until a person has looked.</summary>
    public bool StopsCharging { get; init; }

    /// <summary>What stops the charging is unexplained until a person has looked at it.</summary>
    public static Finding Of(AgreementStop stop) =>
        Unexplained(stop.Subject, stop.Reason) with
        {
            StopsCharging = true,
        };

    /// <summary>A step that fails again and again is unexplained, and stops nothing else.</summary>
    public static Finding Of(StuckStep stuck) =>
        Unexplained(OfSteps + stuck.Step, $"fails again and again: {stuck.Why}");

    /// <summary>How the subjects of such findings begin.</summary>
    public const string OfSteps = "step: ";

    public static Finding Matched(string subject) => new(subject, Standing.Matched, string.Empty);

    public static Finding Explained(string subject, string reason) => new(subject, Standing.Explained, reason);

    public static Finding Unexplained(string subject, string reason) => new(subject, Standing.Unexplained, reason);
}
