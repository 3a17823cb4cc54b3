using Flows.Requests;
using Flows.Shop;
using Microsoft.AspNetCore.Http;

namespace Functions;

public sealed class CancelAgreementFunction(CancelAgreement flow, UncancelAgreement uncancel)
{
    [Function(nameof(CancelAgreement))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "agreements/{id}/cancel")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var body = await request.ReadBodyAsync(RequestBody.MaxBytes, cancellationToken);
        var reply = await flow.RunAsync(id, body, request.Header(CallersKey.Header), cancellationToken);
        return reply.ToResult();
    }

    [Function(nameof(UncancelAgreement))]
    public async Task<IResult> TakeBackAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "agreements/{id}/uncancel")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var reply = await uncancel.RunAsync(id, request.Header(CallersKey.Header), cancellationToken);
        return reply.ToResult();
    }
}
