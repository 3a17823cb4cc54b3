using Flows.Requests;
using Flows.Shop;
using Microsoft.AspNetCore.Http;

namespace Functions;

public sealed class PauseAgreementFunction(PauseAgreement flow)
{
    [Function(nameof(PauseAgreement))]
    public async Task<IResult> PauseAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "agreements/{id}/pause")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var reply = await flow.PauseAsync(id, request.Header(CallersKey.Header), cancellationToken);
        return reply.ToResult();
    }

    [Function("ResumeAgreement")]
    public async Task<IResult> ResumeAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "agreements/{id}/resume")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var reply = await flow.ResumeAsync(id, request.Header(CallersKey.Header), cancellationToken);
        return reply.ToResult();
    }
}
