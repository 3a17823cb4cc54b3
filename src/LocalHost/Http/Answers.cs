using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LocalHost.Http;

internal static class Answers
{
    /// <summary>
    /// The Functions host knows no route for another method and answers 404, where ASP.NET Core would answer 405.
    /// </summary>
    public static async Task LikeTheHostAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        var isFunction = context.GetEndpoint() is RouteEndpoint;
        if (context.Response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false } && !isFunction)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            context.Response.Headers.Remove("Allow");
        }
    }
}
