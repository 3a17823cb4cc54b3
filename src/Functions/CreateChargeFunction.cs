using Flows.Requests;
using Flows.Shop;
using Microsoft.AspNetCore.Http;

namespace Functions;

public sealed class CreateChargeFunction(CreateCharge flow)
{
    [Function(nameof(CreateCharge))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "agreements/{id}/payment-charges")]
            HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var body = await request.ReadBodyAsync(RequestBody.MaxBytes, cancellationToken);
        var reply = await flow.RunAsync(id, body, request.Header(CallersKey.Header), cancellationToken);
        return reply.ToResult();
    }
}
