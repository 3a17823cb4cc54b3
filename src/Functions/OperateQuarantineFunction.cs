using Flows.Operations;
using Microsoft.AspNetCore.Http;

namespace Functions;

/// <summary>Events that could not be applied: seen by an operator, and replayed.</summary>
public sealed class OperateQuarantineFunction(ShowQuarantine show, ReplayQuarantine replay, OperatorsDoor door)
{
    private const string Path = "operations/quarantine";

    [Function("ListQuarantine")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = Path)] HttpRequest request,
        CancellationToken cancellationToken
    ) => door.AnswerAsync(request, _ => show.ListAsync(request.Query("pageToken"), cancellationToken));

    [Function("GetQuarantinedEvent")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = Path + "/{day}/{id}")] HttpRequest request,
        string day,
        string id,
        CancellationToken cancellationToken
    ) => door.AnswerAsync(request, _ => show.GetAsync(day, id, cancellationToken));

    [Function("ReplayQuarantinedEvent")]
    public Task<IResult> ReplayOneAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Path + "/{day}/{id}/replay")] HttpRequest request,
        string day,
        string id,
        CancellationToken cancellationToken
    ) =>
        door.AnswerAsync(
            request,
            (who, body) => replay.OneAsync(who, day, id, body, cancellationToken),
            cancellationToken
        );

    [Function("ReplayQuarantine")]
    public Task<IResult> ReplayAllAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Path + "/replay")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        door.AnswerAsync(
            request,
            (who, body) => replay.AllAsync(who, request.Query("pageToken"), body, cancellationToken),
            cancellationToken
        );
}
