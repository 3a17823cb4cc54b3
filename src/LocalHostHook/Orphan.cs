using System.Diagnostics;

namespace LocalHost.Hook;

/// <summary>
/// A worker does not notice that its host is gone. Its standard input does: the host holds it open as long as it lives.
/// </summary>
internal static class Orphan
{
    public static void Watch() =>
        new Thread(EndWithHost) { IsBackground = true, Name = "Waiting for the end of the host" }.Start();

    /// <summary>At once, as if it had been killed with its host: nobody would hear of anything more.</summary>
    private static void EndWithHost()
    {
        using var host = Console.OpenStandardInput();
        Span<byte> ignored = stackalloc byte[256];
        while (host.Read(ignored) > 0) { }

        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
