using Billing;
using Storage;

namespace Flows.Sending;

/// <summary>
/// The one order in which a request that moves money leaves: the charging gate lets it pass, the clock of its claim is
/// started, the claim is committed, and only then it is sent. What the gate gave and nobody used is given back.
/// Whoever dies in between has claimed nothing, or left a claim that a later look finds.
/// </summary>
public sealed class SendOrder(ChargingGate gate, SendClock clock)
{
    /// <summary>Nothing is committed when the gate is closed.</summary>
    /// <param name="toll">What it asks of the gate.</param>
    /// <param name="commit">Commits the claim, or finds that there is nothing to send.</param>
    /// <param name="send">Sends what was claimed, with the clock's reading before the claim.</param>
    /// <param name="cancellationToken">The host's, until the claim is committed.</param>
    /// <param name="start">The clock's reading, where the claim was made up before.</param>
    /// <param name="prepare">What has to be there before the claim is; the clock is started after it.</param>
    public async Task<Ordered> RunAsync(
        Toll toll,
        Func<Task<Committed>> commit,
        Func<Claim, long, Task> send,
        CancellationToken cancellationToken,
        long? start = null,
        Func<Task>? prepare = null
    )
    {
        var pass = await gate.EnterAsync(toll, cancellationToken);
        if (pass.WhyClosed is { } why)
        {
            return new(why, null);
        }

        await TryAsync(pass, prepare ?? (() => Task.CompletedTask));
        return new(null, await CommitAndSendAsync(pass, commit, send, start ?? clock.Start()));
    }

    /// <summary>
    /// Claims and sends once more after a look that did not find the request at PPRO. The clock was started before that
    /// look, because the claim rests on it; and what was seen is written down whether or not the gate is open.
    /// </summary>
    /// <param name="toll">What it asks of the gate.</param>
    /// <param name="start">The clock's reading before PPRO was asked.</param>
    /// <param name="commit">Writes down what was seen; told that the gate is open, it may claim one more send.</param>
    /// <param name="send">Sends what was claimed.</param>
    /// <param name="cancellationToken">The host's, until the claim is committed.</param>
    public async Task AfterLookAsync(
        Toll toll,
        long start,
        Func<bool, Task<Committed>> commit,
        Func<Claim, long, Task> send,
        CancellationToken cancellationToken
    )
    {
        var pass = await gate.EnterAsync(toll, cancellationToken);
        await CommitAndSendAsync(pass, () => commit(pass.WhyClosed is null), send, start);
    }

    private async Task<Committed> CommitAndSendAsync(
        GatePass pass,
        Func<Task<Committed>> commit,
        Func<Claim, long, Task> send,
        long start
    )
    {
        Committed? committed = null;
        await TryAsync(pass, async () => committed = await commit());
        if (committed!.Claim is { } claim)
        {
            await send(claim, start);
        }
        else
        {
            gate.GiveBack(pass);
        }

        return committed;
    }

    /// <summary>Where this fails nothing is sent, whatever was written down: a later look asks the gate anew.</summary>
    private async Task TryAsync(GatePass pass, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch
        {
            gate.GiveBack(pass);
            throw;
        }
    }
}

/// <summary>What came of it: why the gate is closed, or what was committed.</summary>
public sealed record Ordered(string? WhyClosed, Committed? Committed)
{
    /// <summary>It was claimed, and sent.</summary>
    public Claim? Claim => Committed?.Claim;
}
