using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;

namespace ProbeWorker;

/// <summary>A queue and a timer function; a message's text says what becomes of it.</summary>
public sealed class OtherFunctions(Notes notes)
{
    [Function("Hear")]
    public async Task HearAsync([QueueTrigger("probe")] QueueMessage message)
    {
        notes.Add($"heard {message.Body} {message.DequeueCount}");
        switch (message.Body.ToString())
        {
            case "fail":
                throw new InvalidOperationException("A message that always fails.");
            case "die":
                System.Diagnostics.Process.GetCurrentProcess().Kill();
                break;
            case "slow":
                await Task.Delay(3000);
                Console.WriteLine("A slow message came to its end.");
                break;
        }
    }

    [Function("Tick")]
    public async Task TickAsync(
        [TimerTrigger("%Probe__Schedule%")] TimerInfo timer,
        CancellationToken cancellationToken
    )
    {
        notes.Add($"tick {timer.IsPastDue} {timer.ScheduleStatus?.Next:O}");
        if (Environment.GetEnvironmentVariable("Probe__Tick") is "slow")
        {
            await Task.Delay(3000, cancellationToken);
            Console.WriteLine("A slow tick came to its end.");
        }
    }
}
