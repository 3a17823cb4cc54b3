using Flows.Operations;
using Flows.Requests;
using Microsoft.AspNetCore.Http;

namespace Functions;

/// <summary>What a person has to look at: listed, and closed.</summary>
public sealed class OperateExceptionsFunction(OperateExceptions exceptions)
{
    [Function("ListExceptions")]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "operations/exceptions")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var reply = await exceptions.ListAsync(request.Query("pageToken"), cancellationToken);
        return reply.ToResult();
    }

    [Function("CloseException")]
    public async Task<IResult> CloseAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "operations/exceptions/{id}/close")]
            HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var body = await request.ReadBodyAsync(RequestBody.MaxBytes, cancellationToken);
        var reply = await exceptions.CloseAsync(id, body, cancellationToken);
        return reply.ToResult();
    }
}
