using Flows;
using Microsoft.Extensions.DependencyInjection;

namespace Simulation.Tests;

/// <summary>
/// A deliberate bug, planted at a seam: between our client and PPRO, or in place of one of a host's parts. This one
/// is none.
/// </summary>
internal abstract class Tooth
{
    public static Tooth None { get; } = new NoTooth();

    /// <summary>What stands between the client and <paramref name="inner"/>, which is PPRO.</summary>
    public virtual HttpMessageHandler Wire(World world, HttpMessageHandler inner) => inner;

    /// <summary>Other parts than those that deploy.</summary>
    public virtual void Plant(World world, IServiceCollection services) { }

    /// <summary>What the host does with a look that failed too often.</summary>
    public virtual Task RearmAsync(Host host, ReadOnlyMemory<byte> message) =>
        host.Get<RearmLook>().RunAsync(message, default);
}

/// <summary>Everything as it deploys.</summary>
internal sealed class NoTooth : Tooth;
