using System.Net;
using System.Net.Sockets;

namespace LocalHost.Children;

/// <summary>Ports of this machine's loopback.</summary>
public static class Ports
{
    private const int First = 20_000;
    private const int Count = 12_000;
    private const int MaxTries = 100;

    /// <summary>
    /// Nobody listens there now, and it lies below those that the system hands to outgoing connections: those come and
    /// go between this answer and its use.
    /// </summary>
    public static int Free()
    {
        for (var attempt = 1; attempt <= MaxTries; attempt++)
        {
            var port = First + Random.Shared.Next(Count);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException("No free port was found.");
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
