using Azure.Data.Tables;
using Billing;
using Storage;

namespace Simulation.Tests;

/// <summary>
/// What a person has to look at: whether an agreement's charging is stopped by it, and what is listed.
/// </summary>
internal static class Stopped
{
    public static bool Is(Agreement agreement) => !agreement.Stops.IsEmpty;

    /// <summary>Whether an agreement is stopped, by its row.</summary>
    public static bool Is(TableEntity row) => row.GetString("Stops") is not null;

    public static IReadOnlyList<ExceptionEntry> OpenOf(World world, AgreementId id) =>
        new ExceptionList(world.Tables).ListOpenAsync(id, default).Result;

    /// <summary>
    /// A person is, or was, called for. Who has decided so may die before it is listed; then the walk lists it.
    /// </summary>
    public static bool WasEver(World world, AgreementId id) =>
        OpenOf(world, id) is not []
        || new ExceptionList(world.Tables).ListClosedAsync(id, default).Result is not []
        || (world.Store.FindAsync(id, default).Result is { } agreement && Is(agreement));

    /// <summary>
    /// The README's promise 38: an exception that stops charging is listed exactly as long as charging is stopped by
    /// it.
    /// </summary>
    public static void Judge(World world)
    {
        foreach (var life in world.Lives)
        {
            if (world.Violation is null && world.Store.FindAsync(life.Id, default).Result is { } agreement)
            {
                Judge(world, life, agreement);
            }
        }
    }

    private static void Judge(World world, Life life, Agreement agreement)
    {
        var open = OpenOf(world, life.Id);
        var listed = open.Where(it => it.StopsCharging).Select(it => (it.Subject, it.Reason)).ToHashSet();
        var stops = agreement.Stops.Select(it => (it.Subject, it.Reason)).ToHashSet();
        foreach (var (subject, reason) in stops.Except(listed))
        {
            world.Violate($"{life.Plan.Key} is stopped by '{subject}: {reason}', and nobody is told");
        }

        foreach (var (subject, reason) in listed.Except(stops))
        {
            world.Violate($"{life.Plan.Key} is listed as stopped by '{subject}: {reason}', and is not");
        }

        if (open is [var odd, ..] && !world.Oddly.Has(life))
        {
            world.Violate($"{life.Plan.Key} has an exception: {odd.Subject} {odd.Reason}");
        }
    }
}
