using Flows.Operations;
using Microsoft.AspNetCore.Http;

namespace Functions;

/// <summary>The daily walk: its state, and one agreement on demand.</summary>
public sealed class OperateWalkFunction(ShowWalk showWalk, RecheckAgreement recheckAgreement, OperatorsDoor door)
{
    [Function(nameof(ShowWalk))]
    public Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "operations/walk")] HttpRequest request,
        CancellationToken cancellationToken
    ) => door.AnswerAsync(request, _ => showWalk.RunAsync(cancellationToken));

    [Function(nameof(RecheckAgreement))]
    public Task<IResult> RecheckAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "operations/agreements/{id}/recheck")]
            HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) =>
        door.AnswerAsync(
            request,
            (who, body) => recheckAgreement.RunAsync(who, id, body, cancellationToken),
            cancellationToken
        );
}
