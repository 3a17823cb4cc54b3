using Microsoft.Extensions.DependencyInjection;
using Storage;

namespace Simulation.Tests;

/// <summary>
/// A deliberate bug, planted at a seam: between our client and PPRO, or in place of one of a host's parts. This one
/// is none.
/// </summary>
internal abstract class Tooth
{
    public static Tooth None { get; } = new NoTooth();

    /// <summary>The faults without which this bug hardly ever shows; null for any.</summary>
    public virtual FaultKind[]? Favours => null;

    /// <summary>The untrue answers without which this bug hardly ever shows; null for any.</summary>
    public virtual FaultKind[]? FavouredLies => null;

    /// <summary>The history with what this bug needs to show.</summary>
    public virtual Plan Favour(Plan plan) => plan;

    /// <summary>What stands between our client and <paramref name="inner"/>, which is the way to PPRO.</summary>
    public virtual HttpMessageHandler Wire(World world, HttpMessageHandler inner) => inner;

    /// <summary>Another PPRO than the books.</summary>
    public virtual HttpMessageHandler Ppro(World world, HttpMessageHandler books) => books;

    /// <summary>Other parts than those that deploy.</summary>
    public virtual void Plant(World world, IServiceCollection services) { }

    /// <summary>Puts something around a part that is registered already.</summary>
    protected static T Replace<T>(IServiceCollection services, Func<T, T> around)
        where T : class
    {
        var part = around((T)services.Last(it => it.ServiceType == typeof(T)).ImplementationInstance!);
        services.AddSingleton(part);
        return part;
    }

    protected static void Around(IServiceCollection services, Func<ITables, ITables> around) =>
        Replace(services, around);
}

/// <summary>Everything as it deploys.</summary>
internal sealed class NoTooth : Tooth;
