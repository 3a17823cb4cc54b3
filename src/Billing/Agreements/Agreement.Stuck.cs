namespace Billing;

/// <summary>Steps that fail again and again.</summary>
public sealed partial record Agreement
{
    /// <summary>A step failed, or changed nothing although it was due: it waits, and the others go on.</summary>
    /// <param name="step">Which.</param>
    /// <param name="why">How, in a word.</param>
    /// <param name="now">The time.</param>
    public Change StepStuck(LookStep step, string why, DateTimeOffset now) =>
        Change.To(this with { Stuck = StuckStep.Again(Stuck, step.Name, why, now) });

    /// <summary>It went well: it is as any other step again.</summary>
    public Change StepDone(LookStep step) =>
        Stuck.Any(it => it.Step == step.Name)
            ? Change.To(this with { Stuck = Stuck.RemoveAll(it => it.Step == step.Name) })
            : Change.None(this);
}
