namespace Simulation.Tests;

/// <summary>
/// The README's promise 37: on the wire, over all agreements, one idempotency key belongs to one request.
/// </summary>
internal sealed class KeyRing(World world)
{
    private readonly Dictionary<string, string> keys = [];

    /// <param name="key">The idempotency key.</param>
    /// <param name="what">What was asked for, and under which reference.</param>
    public void Used(string key, string what)
    {
        if (keys.TryGetValue(key, out var other) && other != what)
        {
            world.Violate($"one key has left for {other} and for {what}");
        }

        keys[key] = what;
    }
}
