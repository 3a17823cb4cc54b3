using System.Runtime.InteropServices;
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

    /// <summary>
    /// Ctrl+C reaches every process of a terminal: the worker leaves it to the host, which first lets what runs end.
    /// </summary>
    private sealed class HostDecides(IHostApplicationLifetime lifetime) : IHostLifetime, IDisposable
    {
        private readonly List<PosixSignalRegistration> signals = [];

        public Task WaitForStartAsync(CancellationToken cancellationToken)
        {
            signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, it => it.Cancel = true));
            signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGQUIT, it => it.Cancel = true));
            signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, End));
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() => signals.ForEach(it => it.Dispose());

        private void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            lifetime.StopApplication();
        }
    }
}
