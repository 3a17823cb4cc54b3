using System.Net;
using System.Text;

namespace ProbeWorker;

/// <summary>A worker that opens its stream, says who it is, and answers nothing: by hand, without the packages.</summary>
internal static class MuteWorker
{
    public static async Task ConnectAsync(string[] args)
    {
        var endpoint = args[Array.IndexOf(args, "--functions-uri") + 1];
        var id = args[Array.IndexOf(args, "--functions-worker-id") + 1];
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            new Uri(new Uri(endpoint), "/AzureFunctionsRpcMessages.FunctionRpc/EventStream")
        )
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new OpenStream(Framed(StartStream(id))),
        };
        request.Headers.TryAddWithoutValidation("TE", "trailers");
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await Task.Delay(Timeout.Infinite);
    }

    /// <summary>A message whose field 20 is one whose field 2 is the id.</summary>
    private static byte[] StartStream(string id)
    {
        byte[] inner = [(2 << 3) | 2, (byte)id.Length, .. Encoding.ASCII.GetBytes(id)];
        return [0xA2, 0x01, (byte)inner.Length, .. inner];
    }

    private static byte[] Framed(byte[] message) => [0, 0, 0, 0, (byte)message.Length, .. message];

    private sealed class OpenStream : HttpContent
    {
        private readonly byte[] first;

        public OpenStream(byte[] first)
        {
            this.first = first;
            Headers.ContentType = new("application/grpc");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(first);
            await stream.FlushAsync();
            await Task.Delay(Timeout.Infinite);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
