using Flows;
using Microsoft.AspNetCore.Http;

namespace Functions;

public sealed class CancelAgreementFunction(CancelAgreement flow)
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
}
