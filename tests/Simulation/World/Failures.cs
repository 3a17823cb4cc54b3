using Azure;
using Storage;

namespace Simulation.Tests;

/// <summary>How a function may fail: by what is outside. Anything else is a bug that no retry heals.</summary>
internal static class Failures
{
    public static void Judge(World world, Actor actor, Exception? failure)
    {
        if (failure is null)
        {
            return;
        }

        world.Timeline.Say(actor.Name, $"fails: {failure.GetType().Name}: {failure.Message}");
        if (
            failure
            is not (RequestFailedException or StorageConflictException or HttpRequestException or TimeoutException)
        )
        {
            world.Violate($"{actor.Name} failed with {failure}");
        }
    }
}
