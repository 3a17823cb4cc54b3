using Flows.Shop;
using Microsoft.AspNetCore.Http;

namespace Functions;

public sealed class GetRefundsFunction(GetRefunds flow)
{
    private const string Path = "agreements/{id}/payment-charges/{chargeId}/refunds";

    [Function("ListRefunds")]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = Path)] HttpRequest request,
        string id,
        string chargeId,
        CancellationToken cancellationToken
    )
    {
        var reply = await flow.ListAsync(id, chargeId, request.Query("pageToken"), cancellationToken);
        return reply.ToResult();
    }

    [Function("GetRefund")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = Path + "/{refundId}")] HttpRequest request,
        string id,
        string chargeId,
        string refundId,
        CancellationToken cancellationToken
    )
    {
        var reply = await flow.GetAsync(id, chargeId, refundId, cancellationToken);
        return reply.ToResult();
    }
}
