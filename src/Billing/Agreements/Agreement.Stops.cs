namespace Billing;

/// <summary>
/// What stops the charging of this agreement until a person has looked at it, and steps that fail again and again.
/// </summary>
public sealed partial record Agreement
{
    /// <summary>Nothing more is charged until someone has looked at it.</summary>
    public Change CallForAPerson(string subject, string reason, DateTimeOffset now) =>
        Change.To(StoppedBy(subject, reason, now));

    /// <summary>
    /// A person has looked at one reason: it no longer stops the charging. What stops it beside this one still does.
    /// </summary>
    public Change AcceptStop(string subject, string reason)
    {
        var rest = Stops.RemoveAll(it => it.Subject == subject && it.Reason == reason);
        if (rest.Length == Stops.Length)
        {
            return Change.None(this);
        }

        var accepted = this with { Stops = rest };
        return reason is AgreementStop.Unclear && FindOpen(subject) is { } attempt
            ? Change.To(accepted.WithOpen(attempt with { IsUnclearAccepted = true }))
            : Change.To(accepted);
    }

    /// <summary>In an order of their own, so that the order in which they were heard of leaves no trace.</summary>
    internal Agreement StoppedBy(string subject, string reason, DateTimeOffset now)
    {
        var wanted = AgreementStop.Of(subject, reason, now);
        var stop =
            Stops.Length < AgreementStop.Max || Stops.Any(wanted.IsSame)
                ? wanted
                : AgreementStop.Of(AgreementStop.OfAgreement, AgreementStop.More, now);
        return Stops.Any(stop.IsSame)
            ? this
            : this with
            {
                Stops =
                [
                    .. Stops
                        .Append(stop)
                        .OrderBy(it => it.Subject, StringComparer.Ordinal)
                        .ThenBy(it => it.Reason, StringComparer.Ordinal),
                ],
            };
    }

    /// <summary>A step failed, or changed nothing although it was due: it waits, and the others go on.</summary>
    /// <param name="step">Which.</param>
    /// <param name="why">How, in a word.</param>
    /// <param name="now">The time.</param>
    public Change StepStuck(LookStep step, string why, DateTimeOffset now) =>
        Change.To(this with { Stuck = StuckStep.Again(Stuck, step.Name, why, now) });

    /// <summary>A step went well: it is as any other again.</summary>
    public Change StepDone(LookStep step) =>
        Stuck.Any(it => it.Step == step.Name)
            ? Change.To(this with { Stuck = Stuck.RemoveAll(it => it.Step == step.Name) })
            : Change.None(this);
}
