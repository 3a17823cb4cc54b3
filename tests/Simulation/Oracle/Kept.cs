using Storage;

namespace Simulation.Tests;

/// <summary>
/// The README's promise 5: rows of agreements, charges, refunds and moved money are never thrown away, nor events that
/// can tell of money; others only when it is as long as the operator has set that they came.
/// </summary>
internal sealed class Kept(World world)
{
    private static readonly string[] OfMoney = ["CAPTURE_SUCCEEDED", "REFUND_SUCCEEDED", "REFUND_FAILED", "CHARGEBACK"];
    private readonly Dictionary<(string, string), (string Type, DateTimeOffset At)> events = [];

    public void Committed(RowWrite write)
    {
        var (agreement, key) = (write.Entity.PartitionKey, write.Entity.RowKey);
        if (write.Entity.GetString("Type") is { } type)
        {
            events[(agreement, key)] = (type, write.Entity.GetDateTimeOffset("ReceivedAt") ?? world.Time.Now);
        }

        if (write is RowWrite.Delete)
        {
            Deleted(agreement, key);
        }
    }

    private void Deleted(string agreement, string key)
    {
        if (!events.TryGetValue((agreement, key), out var it))
        {
            world.Violate($"{key} of {agreement} was thrown away");
            return;
        }

        world.Timeline.Count(Happening.EventPurged);
        var age = world.Time.Now - it.At;
        if (age < world.Plan.EventsKept - world.Slack || OfMoney.Any(it.Type.Contains))
        {
            world.Violate($"{it.Type} of {agreement} was thrown away after {age}");
        }
    }
}
