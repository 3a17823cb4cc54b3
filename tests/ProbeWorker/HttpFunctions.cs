using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace ProbeWorker;

/// <summary>HTTP functions that succeed, fail, wait and die.</summary>
public sealed partial class HttpFunctions(Notes notes, TimeProvider clock, ILogger<HttpFunctions> logger)
{
    [Function("Greet")]
    public IResult Greet(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "greetings/{name}/{times:int}")] HttpRequest request,
        string name,
        int times,
        FunctionContext context
    )
    {
        LogGreeting(name, request.Method);
        return Results.Text($"{context.FunctionDefinition.Name} {name} {times}");
    }

    [Function("Guarded")]
    public IResult Guarded([HttpTrigger(AuthorizationLevel.Function, "post")] HttpRequest request) =>
        Results.Text($"in, {request.ContentLength}");

    [Function("Count")]
    public async Task<IResult> CountAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request)
    {
        var (count, buffer) = (0L, new byte[81920]);
        for (int read; (read = await request.Body.ReadAsync(buffer)) > 0; )
        {
            count += read;
        }

        return Results.Text($"{count} bytes");
    }

    [Function("Failing")]
    public IResult Failing([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        throw new InvalidOperationException($"It fails at {request.Path}.");

    [Function("FailingLate")]
    public async Task<IResult> FailLateAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        await request.HttpContext.Response.WriteAsync("a beginning");
        await request.HttpContext.Response.Body.FlushAsync();
        throw new InvalidOperationException("It fails late.");
    }

    /// <summary>What this worker was given and heard; it tells its state to whoever asks.</summary>
    [Function("Show")]
    public IResult Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request,
        FunctionContext context
    ) =>
        Results.Json(
            new
            {
                pid = Environment.ProcessId,
                now = clock.GetUtcNow(),
                folder = Environment.GetEnvironmentVariable("FUNCTIONS_APPLICATION_DIRECTORY"),
                setting = Environment.GetEnvironmentVariable("Probe__Setting"),
                host = request.Host.Value,
                correlation = request.Headers["x-ms-invocation-id"].ToString(),
                invocation = context.InvocationId,
                trace = context.TraceContext.TraceParent,
                notes = notes.All,
            }
        );

    [Function("Slow")]
    public async Task<IResult> WaitAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "slow/{name}/{ms:int}")] HttpRequest request,
        string name,
        int ms,
        CancellationToken cancellationToken
    )
    {
        notes.Add($"{name} began at {request.Path}");
        try
        {
            await Task.Delay(ms, cancellationToken);
            notes.Add($"{name} ended");
            return Results.Text("slept");
        }
        catch (OperationCanceledException)
        {
            notes.Add($"{name} was cancelled");
            throw;
        }
    }

    [Function("Redirect")]
    public IResult Redirect([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        request.HttpContext.Response.Cookies.Append("a", "1");
        request.HttpContext.Response.Cookies.Append("b", "2");
        return Results.Redirect("https://example.com/there");
    }

    [Function("Die")]
    public IResult Die([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request)
    {
        System.Diagnostics.Process.GetCurrentProcess().Kill();
        return Results.Text($"never said to {request.Path}");
    }

    [LoggerMessage(1, LogLevel.Information, "Greeting {Name} by {Method}.")]
    private partial void LogGreeting(string name, string method);
}
