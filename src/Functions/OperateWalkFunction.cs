using Flows.Operations;
using Flows.Requests;
using Microsoft.AspNetCore.Http;

namespace Functions;

/// <summary>The daily walk: its state, and one agreement on demand.</summary>
public sealed class OperateWalkFunction(ShowWalk showWalk, RecheckAgreement recheckAgreement)
{
    [Function(nameof(ShowWalk))]
    public async Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "operations/walk")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var reply = await showWalk.RunAsync(cancellationToken);
        return reply.ToResult();
    }

    [Function(nameof(RecheckAgreement))]
    public async Task<IResult> RecheckAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "operations/agreements/{id}/recheck")]
            HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var body = await request.ReadBodyAsync(RequestBody.MaxBytes, cancellationToken);
        var reply = await recheckAgreement.RunAsync(id, body, cancellationToken);
        return reply.ToResult();
    }
}
