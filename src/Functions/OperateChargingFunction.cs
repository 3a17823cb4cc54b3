using Flows.Operations;
using Microsoft.AspNetCore.Http;

namespace Functions;

/// <summary>Stops and starts all charging, and the timer's flow on demand.</summary>
public sealed class OperateChargingFunction(OperateCharging flow, Tick tick, OperatorsDoor door)
{
    [Function("StopCharging")]
    public Task<IResult> StopAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "operations/charging/stop")] HttpRequest request,
        CancellationToken cancellationToken
    ) => door.AnswerAsync(request, (who, body) => flow.StopAsync(who, body, cancellationToken), cancellationToken);

    [Function("StartCharging")]
    public Task<IResult> StartAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "operations/charging/start")] HttpRequest request,
        CancellationToken cancellationToken
    ) => door.AnswerAsync(request, (who, body) => flow.StartAsync(who, body, cancellationToken), cancellationToken);

    [Function("ShowCharging")]
    public Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "operations/charging")] HttpRequest request,
        CancellationToken cancellationToken
    ) => door.AnswerAsync(request, _ => flow.ShowAsync(cancellationToken));

    [Function(nameof(Tick))]
    public Task<IResult> TickAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "operations/tick")] HttpRequest request,
        CancellationToken cancellationToken
    ) => door.AnswerAsync(request, (who, body) => tick.RunAsync(who, body, cancellationToken), cancellationToken);
}
