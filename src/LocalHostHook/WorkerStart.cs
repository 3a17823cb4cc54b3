using LocalHost.Clock;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

[assembly: HostingStartup(typeof(LocalHost.Hook.WorkerStart))]

namespace LocalHost.Hook;

/// <summary>
/// What a worker is given locally, before its own registrations: the simulated clock, and an end that only its host
/// decides.
/// </summary>
public sealed class WorkerStart : IHostingStartup
{
    public void Configure(IWebHostBuilder builder) =>
        builder.ConfigureServices(services =>
        {
            services.AddSingleton<IHostLifetime, HostDecides>();
            if (Environment.GetEnvironmentVariable("LocalHost__ClockFile") is { Length: > 0 } file)
            {
                services.AddSingleton<TimeProvider>(new SimulatedClock(file));
            }
        });
}
