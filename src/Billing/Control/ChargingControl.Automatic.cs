using System.Collections.Immutable;

namespace Billing;

/// <summary>How charging stops, and starts again, by itself.</summary>
public sealed partial record ChargingControl
{
    /// <summary>Who stops and starts when no person does.</summary>
    public const string Service = "service";

    /// <summary>So many different agreements refused one after the other are no accident.</summary>
    public const int RefusalsInARow = 3;

    /// <summary>A read may succeed where a charge is refused: then a stop lasts at least this long.</summary>
    private static readonly TimeSpan AtLeast = TimeSpan.FromMinutes(3);

    /// <summary>A trial that is not heard of again is over after this; an answer comes sooner.</summary>
    private static readonly TimeSpan TrialTime = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(4);

    /// <summary>
    /// The agreements whose charges PPRO has refused as requests since it last took one; fewer than
    /// <see cref="RefusalsInARow"/>.
    /// </summary>
    public ImmutableArray<AgreementId> RefusedAgreements { get; init; } = [];

    /// <summary>How often that has stopped charging since PPRO last took a charge.</summary>
    public int RefusalStops { get; init; }

    /// <summary>Until then nobody else tries.</summary>
    public DateTimeOffset? TrialUntil { get; init; }

    /// <summary>After such a stop one charge at a time leaves, until PPRO takes one.</summary>
    public bool IsOnTrial => RefusalStops > 0;

    /// <summary>The right to try with one charge; null while another one tries.</summary>
    public ChargingControl? TakeTrial(DateTimeOffset now) =>
        !IsOnTrial ? this
        : TrialUntil > now ? null
        : this with { TrialUntil = now + TrialTime };

    /// <summary>PPRO refuses our credentials or address: every further request would be refused too.</summary>
    public ChargingControl StopBySelf(string why, DateTimeOffset now) =>
        StopBy(new(now, Service, why, IsAutomatic: true) { LiftsAt = now + AtLeast });

    /// <summary>
    /// PPRO refused a charge of this agreement as a request. Several in a row on different agreements stop charging for
    /// a while, the next one after that at once and for twice as long.
    /// </summary>
    public ChargingControl Refused(AgreementId agreement, int httpStatus, DateTimeOffset now)
    {
        if (Stop is not null || RefusedAgreements.Contains(agreement))
        {
            return this;
        }

        var refused = RefusedAgreements.Add(agreement);
        if (RefusalStops is 0 && refused.Length < RefusalsInARow)
        {
            return this with { RefusedAgreements = refused };
        }

        var pause = FirstPause * Math.Pow(2, Math.Min(RefusalStops, 10));
        var why = RefusalStops is 0
            ? $"PPRO refused the charges of {refused.Length} agreements in a row, the last with HTTP {httpStatus}"
            : $"PPRO goes on to refuse charges, the last with HTTP {httpStatus}";
        return this with
        {
            RefusedAgreements = [],
            RefusalStops = RefusalStops + 1,
            TrialUntil = null,
            Stop = new(now, Service, why, IsAutomatic: true)
            {
                LiftsAt = now + (pause < LongestPause ? pause : LongestPause),
            },
        };
    }

    /// <summary>PPRO took a charge, whatever became of it: what was refused before was no fault of ours.</summary>
    public ChargingControl Accepted() => RefusedAgreements.IsEmpty && !IsOnTrial ? this : Unburdened();

    /// <summary>True for a stop that ends by itself, and whose time has come.</summary>
    public bool MayRecover(DateTimeOffset now) =>
        Stop is { IsAutomatic: true } stop && now >= (stop.LiftsAt ?? stop.At + AtLeast);

    /// <summary>PPRO accepts a read again: such a stop ends, and no other.</summary>
    public ChargingControl Recover(DateTimeOffset now) => MayRecover(now) ? this with { Stop = null } : this;

    private ChargingControl Unburdened() => this with { RefusedAgreements = [], RefusalStops = 0, TrialUntil = null };
}
