using System.Security.Cryptography;
using System.Text;
using LocalHost.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace LocalHost.Running;

/// <summary>Maps HTTP functions to their routes.</summary>
internal sealed class HttpFunctions(FunctionInvoker invoker, HostSettings settings, ILogger<HttpFunctions> logger)
{
    public static string RouteOf(FunctionDescriptor function, HostSettings settings)
    {
        var route = ((HttpTriggerAttribute)function.Trigger).Route ?? function.Name;
        return settings.RoutePrefix.Length is 0 ? route : $"{settings.RoutePrefix}/{route}";
    }

    /// <summary>
    /// The Functions host knows no route for another method and answers 404, where ASP.NET Core would answer 405.
    /// </summary>
    public static async Task AnswerLikeTheHostAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        var isFunction = context.GetEndpoint() is RouteEndpoint;
        if (context.Response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false } && !isFunction)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            context.Response.Headers.Remove("Allow");
        }
    }

    public void Map(IEndpointRouteBuilder endpoints, FunctionDescriptor function)
    {
        var trigger = (HttpTriggerAttribute)function.Trigger;
        endpoints.MapMethods(
            RouteOf(function, settings),
            trigger.Methods.Select(method => method.ToUpperInvariant()),
            context => RunAsync(context, function, trigger.AuthLevel)
        );
    }

    private async Task RunAsync(HttpContext context, FunctionDescriptor function, AuthorizationLevel level)
    {
        if (!HasKey(context.Request, level))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        try
        {
            var result = await invoker.InvokeAsync(
                function,
                context.Request,
                context.Request.RouteValues.AsReadOnly(),
                context.RequestAborted
            );
            if (result is IResult answer)
            {
                await answer.ExecuteAsync(context);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; there is nobody to answer.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            logger.FunctionFailed(e, function.Name);
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private bool HasKey(HttpRequest request, AuthorizationLevel level)
    {
        if (settings.FunctionKey is not { } key || level is AuthorizationLevel.Anonymous)
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
