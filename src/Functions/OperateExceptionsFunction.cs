using Flows.Operations;
using Microsoft.AspNetCore.Http;

namespace Functions;

/// <summary>What a person has to look at: listed, and closed.</summary>
public sealed class OperateExceptionsFunction(OperateExceptions exceptions, OperatorsDoor door)
{
    [Function("ListExceptions")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "operations/exceptions")] HttpRequest request,
        CancellationToken cancellationToken
    ) => door.AnswerAsync(request, _ => exceptions.ListAsync(request.Query("pageToken"), cancellationToken));

    [Function("CloseException")]
    public Task<IResult> CloseAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "operations/exceptions/{id}/close")]
            HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) =>
        door.AnswerAsync(
            request,
            (who, body) => exceptions.CloseAsync(who, id, body, cancellationToken),
            cancellationToken
        );
}
