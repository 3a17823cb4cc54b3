using System.Net;
using System.Text.Json;
using Billing;

namespace Ppro;

/// <summary>One request, one answer: what came back over HTTP, in our words (docs/ppro.md, Errors).</summary>
internal sealed class PproWire(HttpClient http, TimeProvider clock)
{
    private const int MaxBytes = 1024 * 1024;

    private volatile RateLimit? latestRateLimit;
    private volatile RateLimit? latestReadLimit;

    public RateLimit? LatestRateLimit => latestRateLimit;

    public RateLimit? LatestReadLimit => latestReadLimit;

    public async Task<Answer<T>> SendAsync<T>(
        HttpRequestMessage request,
        TimeSpan timeout,
        Func<JsonElement, T?> read,
        CancellationToken cancellationToken
    )
        where T : notnull
    {
        using var ours = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ours.Token, cancellationToken);
        using (request)
        {
            try
            {
                request.Headers.Add("Request-Reference", Guid.NewGuid().ToString());
                using var response = await http.SendAsync(
                    request,
                    HttpCompletionOption.ResponseHeadersRead,
                    either.Token
                );
                NoteRateLimit(request.Method, response);
                return Judge(response.StatusCode, await ReadBodyAsync(response, either.Token), read);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return new Answer<T>.InDoubt("no answer in time");
            }
            catch (HttpRequestException e)
            {
                return new Answer<T>.InDoubt($"no answer: {e.HttpRequestError}");
            }
            catch (IOException)
            {
                return new Answer<T>.InDoubt("the answer broke off, or had no end");
            }
        }
    }

    private static Answer<T> Judge<T>(HttpStatusCode status, ReadOnlyMemory<byte> bytes, Func<JsonElement, T?> read)
        where T : notnull
    {
        var code = (int)status;
        try
        {
            using var body = JsonBytes.Parse(bytes);
            return Judge<T>(code, body.RootElement, read);
        }
        catch (JsonException)
        {
            return Judge<T>(code, null, read);
        }
        catch (Exception e) when (e is InvalidOperationException or OverflowException)
        {
            // A name that is no text, or sums beyond 64 bits: JSON by its grammar, but nothing to be believed.
            return new Answer<T>.InDoubt($"HTTP {code} that could not be read");
        }
    }

    private static Answer<T> Judge<T>(int code, JsonElement? body, Func<JsonElement, T?> read)
        where T : notnull
    {
        if (code is >= 200 and < 300)
        {
            return body is { } json && read(json) is { } reading
                ? new Answer<T>.Said(reading)
                : new Answer<T>.InDoubt($"HTTP {code} that could not be read");
        }

        return code is < 400 or >= 500 or 408 or 409
            ? new Answer<T>.InDoubt($"HTTP {code}")
            : new Answer<T>.Refused(Refusals.Of(code, body));
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var bytes = new byte[16 * 1024];
        var length = 0;
        while (await stream.ReadAsync(bytes.AsMemory(length), cancellationToken) is > 0 and var read)
        {
            length += read;
            if (length == bytes.Length)
            {
                if (length >= MaxBytes)
                {
                    throw new IOException($"The answer has {MaxBytes} bytes or more.");
                }

                Array.Resize(ref bytes, bytes.Length * 2);
            }
        }

        return bytes.AsMemory(0, length);
    }

    private void NoteRateLimit(HttpMethod method, HttpResponseMessage response)
    {
        if (RateLimit.Read(response) is not { } limit)
        {
            return;
        }

        if (method == HttpMethod.Post)
        {
            latestRateLimit = limit;
        }
        else
        {
            latestReadLimit = limit;
        }
    }
}
