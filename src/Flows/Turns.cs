using Billing;

namespace Flows;

/// <summary>
/// Lets the changes of one agreement happen one after the other within this process: PPRO's events come in bursts about
/// one agreement, and need not fight over its row. A courtesy and no lock: whoever has waited long enough goes ahead,
/// and what decides is the row's ETag, as between processes.
/// </summary>
internal sealed class Turns(TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    private readonly Dictionary<AgreementId, Task> last = [];
    private readonly Lock gate = new();

    /// <param name="agreement">Whose turn.</param>
    /// <param name="work">What to do; it is told whether others came first, who may have changed the agreement.</param>
    public async Task<T> RunAsync<T>(AgreementId agreement, Func<bool, Task<T>> work)
    {
        var mine = new TaskCompletionSource();
        var before = Queue(agreement, mine.Task);
        try
        {
            if (before is not null)
            {
                await WaitAsync(before);
            }

            return await work(before is not null);
        }
        finally
        {
            Leave(agreement, mine.Task);
            mine.SetResult();
        }
    }

    private Task? Queue(AgreementId agreement, Task mine)
    {
        lock (gate)
        {
            var before = last.GetValueOrDefault(agreement);
            last[agreement] = mine;
            return before;
        }
    }

    private void Leave(AgreementId agreement, Task mine)
    {
        lock (gate)
        {
            if (last.GetValueOrDefault(agreement) == mine)
            {
                last.Remove(agreement);
            }
        }
    }

    private async Task WaitAsync(Task before)
    {
        try
        {
            await before.WaitAsync(Longest, clock);
        }
        catch (TimeoutException)
        {
            // The one before is held up somewhere: the ETag decides.
        }
    }
}
