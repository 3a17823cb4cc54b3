using Flows;
using Microsoft.AspNetCore.Http;

namespace Functions;

/// <summary>The daily walk: its state, one agreement on demand, and what it found for a person to look at.</summary>
public sealed class OperateWalkFunction(OperateWalk walk, OperateExceptions exceptions)
{
    [Function("ShowWalk")]
    public async Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "operations/walk")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var reply = await walk.ShowAsync(cancellationToken);
        return reply.ToResult();
    }

    [Function("RecheckAgreement")]
    public async Task<IResult> RecheckAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "operations/agreements/{id}/recheck")]
            HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var body = await request.ReadBodyAsync(RequestBody.MaxBytes, cancellationToken);
        var reply = await walk.RecheckAsync(id, body, cancellationToken);
        return reply.ToResult();
    }

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
