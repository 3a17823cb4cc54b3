using System.Net;
using System.Security.Cryptography;
using System.Text;
using LocalHost.Rpc;
using LocalHost.Running;
using LocalHost.Settings;
using LocalHost.Workers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace LocalHost.Http;

/// <summary>
/// Maps HTTP functions to their routes. A request is forwarded as it is, and the function invoked beside it: the worker
/// joins the two by the id in a header.
/// </summary>
internal sealed class HttpForwarding(
    Supervisor workers,
    FunctionRunner runner,
    IHttpForwarder forwarder,
    HostSettings settings,
    ILogger<HttpForwarding> logger
) : IDisposable
{
    private const string Correlation = "x-ms-invocation-id";

    private static readonly ForwarderRequestConfig Config = new()
    {
        ActivityTimeout = TimeSpan.FromSeconds(240),
        Version = HttpVersion.Version11,
    };

    /// <summary>Nothing that a proxy of the environment, a redirect or a cookie could change.</summary>
    private readonly HttpMessageInvoker client = new(
        new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            ActivityHeadersPropagator = null,
        }
    );

    public void Map(IEndpointRouteBuilder endpoints, WorkerFunction function, HttpTrigger trigger)
    {
        RequestDelegate run = context => RunAsync(context, function, trigger);
        _ = trigger.Methods.Count is 0
            ? endpoints.Map(trigger.Route, run)
            : endpoints.MapMethods(trigger.Route, trigger.Methods, run);
    }

    public void Dispose() => client.Dispose();

    private async Task RunAsync(HttpContext context, WorkerFunction function, HttpTrigger trigger)
    {
        if (!trigger.IsOpen && !HasKey(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        try
        {
            while (!await TryForwardAsync(context, function, await workers.ReadyAsync(context.RequestAborted))) { }
        }
        catch (WorkerGoneException)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; there is nobody to answer.
        }
    }

    /// <summary>False when the worker was gone before it heard of the request: another has to be waited for.</summary>
    private async Task<bool> TryForwardAsync(HttpContext context, WorkerFunction function, Worker worker)
    {
        var id = Guid.NewGuid().ToString();
        context.Request.Headers[Correlation] = id;
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var invocation = RunAsync(worker, id, function, context.Request.RouteValues, cancelled.Token);
        var error = await forwarder.SendAsync(context, worker.Http.ToString(), client, Config, HttpTransformer.Default);
        if (error is ForwarderError.None)
        {
            await EndAsync(context, function, invocation);
            return true;
        }

        await cancelled.CancelAsync();
        _ = invocation.ContinueWith(it => it.Exception, TaskScheduler.Default);
        if (IsRefused(context))
        {
            context.Response.Clear();
            await workers.LostAsync(worker, context.RequestAborted);
            return false;
        }

        if (!context.RequestAborted.IsCancellationRequested && error is not ForwarderError.RequestBodyClient)
        {
            var reason = context.Features.Get<IForwarderErrorFeature>()?.Exception;
            logger.NotForwarded(reason, function.Name, $"{error}");
        }

        return true;
    }

    private Task RunAsync(
        Worker worker,
        string id,
        WorkerFunction function,
        RouteValueDictionary route,
        CancellationToken cancellationToken
    ) =>
        runner.InvokeAsync(
            worker,
            id,
            function,
            new TypedData { Http = new() },
            route.ToDictionary(it => it.Key, it => new TypedData { String = $"{it.Value}" }),
            cancellationToken
        );

    /// <summary>The worker answers an empty 200 for a function that threw: only the invocation says so.</summary>
    private async Task EndAsync(HttpContext context, WorkerFunction function, Task invocation)
    {
        try
        {
            await invocation;
        }
        catch (Exception e) when (e is FunctionFailedException or WorkerGoneException)
        {
            if (!context.RequestAborted.IsCancellationRequested)
            {
                logger.FunctionFailed(e, function.Name);
            }

            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private static bool IsRefused(HttpContext context) =>
        !context.Response.HasStarted
        && context.Features.Get<IForwarderErrorFeature>()?.Exception
            is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError };

    private bool HasKey(HttpRequest request)
    {
        if (settings.FunctionKey is not { } key)
        {
            return true;
        }

        var given = request.Headers.TryGetValue("x-functions-key", out var header) ? header : request.Query["code"];
        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(given.ToString()),
            Encoding.UTF8.GetBytes(key)
        );
    }
}
