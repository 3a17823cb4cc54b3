namespace Simulation.Tests;

/// <summary>
/// What reads of one agreement have said to us, by the clock of the host that heard it: an approval may be closed as
/// not given only on a read at the deadline or later, and not on one that says ACTIVE.
/// </summary>
internal sealed class AgreementReads
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(60);
    private readonly List<(DateTimeOffset At, string Status)> heard = [];

    public void Heard(DateTimeOffset at, string status) => heard.Add((at, status));

    public bool LetClose(DateTimeOffset createdAt) =>
        heard.Exists(it => it.At >= createdAt + Deadline && it.Status is not "ACTIVE");
}
