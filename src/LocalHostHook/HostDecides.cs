using System.Runtime.InteropServices;

namespace LocalHost.Hook;

/// <summary>
/// Ctrl+C reaches every process of a terminal: one that the host started leaves it to the host, which first lets what
/// runs end.
/// </summary>
internal sealed class HostDecides(Microsoft.Extensions.Hosting.IHostApplicationLifetime lifetime)
    : Microsoft.Extensions.Hosting.IHostLifetime,
        IDisposable
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
