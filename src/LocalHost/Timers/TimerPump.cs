using LocalHost.Rpc;
using LocalHost.Running;
using LocalHost.Workers;
using Microsoft.Extensions.Logging;
using NCrontab;

namespace LocalHost.Timers;

/// <summary>
/// Fires the timer functions when their time comes, by the clock of the app, each once however much time has passed.
/// No state is kept: nothing may rest on a timer's being single.
/// </summary>
internal sealed class TimerPump(
    IReadOnlyList<TimerFunction> timers,
    FunctionRunner runner,
    TimeProvider clock,
    ILogger<TimerPump> logger
) : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);
    private readonly SemaphoreSlim firing = new(1, 1);

    /// <summary>When the next timer fires; null when there are none.</summary>
    public DateTimeOffset? NextAt => timers.Count is 0 ? null : timers.Min(timer => timer.NextAt);

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await FireDueAsync(stopping);
            await Task.Delay(Tick, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Fires what is due, one after the other, and waits for it.</summary>
    public async Task FireDueAsync(CancellationToken stopping)
    {
        await firing.WaitAsync(CancellationToken.None);
        try
        {
            foreach (var timer in timers.Where(timer => timer.NextAt <= clock.GetUtcNow()))
            {
                var isPastDue = timer.IsPastDue(clock.GetUtcNow());
                timer.MoveOn(clock.GetUtcNow());
                await FireAsync(timer, isPastDue, stopping);
            }
        }
        finally
        {
            firing.Release();
        }
    }

    public void Dispose() => firing.Dispose();

    private async Task FireAsync(TimerFunction timer, bool isPastDue, CancellationToken stopping)
    {
        try
        {
            var data = TimerData.Of(clock.GetUtcNow(), timer.NextAt, isPastDue);
            var metadata = new Dictionary<string, TypedData> { ["TimerTrigger"] = data };
            await runner.InvokeAsync(timer.Function, data, metadata, stopping);
        }
        catch (Exception e) when (e is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            logger.FunctionFailed(e, timer.Function.Name);
        }
    }
}

/// <summary>A timer function and when it fires next.</summary>
internal sealed class TimerFunction(WorkerFunction function, string schedule, DateTimeOffset now)
{
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(30);
    private readonly CrontabSchedule cron = Parse(function, schedule);

    public WorkerFunction Function => function;

    public DateTimeOffset NextAt { get; private set; } = After(Parse(function, schedule), now);

    public bool IsPastDue(DateTimeOffset at) => at - NextAt > Late;

    public void MoveOn(DateTimeOffset at) => NextAt = After(cron, at);

    private static DateTimeOffset After(CrontabSchedule cron, DateTimeOffset at) =>
        new(cron.GetNextOccurrence(at.UtcDateTime), TimeSpan.Zero);

    private static CrontabSchedule Parse(WorkerFunction function, string schedule) =>
        CrontabSchedule.TryParse(schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = true })
        ?? throw new LocalHostException(
            $"Function {function.Name}: '{schedule}' is not a six-field NCRONTAB schedule."
        );
}
