using Flows.Requests;
using Flows.Shop;
using Microsoft.AspNetCore.Http;

namespace Functions;

public sealed class RefundChargeFunction(RefundCharge flow)
{
    [Function(nameof(RefundCharge))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "agreements/{id}/payment-charges/{chargeId}/refunds")]
            HttpRequest request,
        string id,
        string chargeId,
        CancellationToken cancellationToken
    )
    {
        var body = await request.ReadBodyAsync(RequestBody.MaxBytes, cancellationToken);
        var reply = await flow.RunAsync(id, chargeId, body, request.Header(CallersKey.Header), cancellationToken);
        return reply.ToResult();
    }
}
