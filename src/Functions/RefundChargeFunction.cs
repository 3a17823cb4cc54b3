using Flows;
using Microsoft.AspNetCore.Http;

namespace Functions;

public sealed class RefundChargeFunction(RefundCharge flow)
{
    private const string Path = "agreements/{id}/payment-charges/{chargeId}/refunds";

    [Function(nameof(RefundCharge))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Path)] HttpRequest request,
        string id,
        string chargeId,
        CancellationToken cancellationToken
    )
    {
        var body = await request.ReadBodyAsync(RequestBody.MaxBytes, cancellationToken);
        var reply = await flow.RunAsync(id, chargeId, body, request.Header(CallersKey.Header), cancellationToken);
        return reply.ToResult();
    }

    [Function("ListRefunds")]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = Path)] HttpRequest request,
        string id,
        string chargeId,
        CancellationToken cancellationToken
    )
    {
        var reply = await flow.ListAsync(id, chargeId, cancellationToken);
        return reply.ToResult();
    }
}
