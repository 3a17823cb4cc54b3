namespace Simulation.Tests;

/// <summary>Everything random comes from the seed, each use from a stream of its own.</summary>
internal static class Chance
{
    public static Random Stream(int seed, int use) => new(unchecked((seed * 7919) + (use * 104_729)));

    public static bool Is(this Random random, double probability) => random.NextDouble() < probability;

    public static TimeSpan Between(this Random random, TimeSpan least, TimeSpan most) =>
        least + ((most - least) * random.NextDouble());

    /// <summary>Every order of magnitude between the two alike.</summary>
    public static TimeSpan AnySize(this Random random, TimeSpan least, TimeSpan most) =>
        least * Math.Pow(most / least, random.NextDouble());

    public static T Pick<T>(this Random random, params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];
}
