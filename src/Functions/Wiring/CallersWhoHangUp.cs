using Microsoft.Azure.Functions.Worker.Middleware;

namespace Functions;

/// <summary>
/// A caller that hangs up cancels what it asked for: that is no failure of ours, and nobody is there to be answered.
/// </summary>
public sealed class CallersWhoHangUp : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (IsOfCaller(e) && HasHungUp(context)) { }
    }

    private static bool IsOfCaller(Exception e) => e is OperationCanceledException or IOException;

    private static bool HasHungUp(FunctionContext context) =>
        context.GetHttpContext()?.RequestAborted.IsCancellationRequested is true;
}
