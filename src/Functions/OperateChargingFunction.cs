using Flows.Operations;
using Flows.Requests;
using Microsoft.AspNetCore.Http;

namespace Functions;

/// <summary>Stops and starts all charging, and the timer's flow on demand.</summary>
public sealed class OperateChargingFunction(OperateCharging flow, Tick tick)
{
    [Function("StopCharging")]
    public async Task<IResult> StopAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "operations/charging/stop")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var body = await request.ReadBodyAsync(RequestBody.MaxBytes, cancellationToken);
        var reply = await flow.StopAsync(body, cancellationToken);
        return reply.ToResult();
    }

    [Function("StartCharging")]
    public async Task<IResult> StartAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "operations/charging/start")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var body = await request.ReadBodyAsync(RequestBody.MaxBytes, cancellationToken);
        var reply = await flow.StartAsync(body, cancellationToken);
        return reply.ToResult();
    }

    [Function("ShowCharging")]
    public async Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "operations/charging")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var reply = await flow.ShowAsync(cancellationToken);
        return reply.ToResult();
    }

    [Function(nameof(Tick))]
    public async Task<IResult> TickAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "operations/tick")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var body = await request.ReadBodyAsync(RequestBody.MaxBytes, cancellationToken);
        var reply = await tick.RunAsync(body, cancellationToken);
        return reply.ToResult();
    }
}
