using Flows.Shop;
using Microsoft.AspNetCore.Http;

namespace Functions;

public sealed class GetChargesFunction(GetCharges flow)
{
    [Function("ListCharges")]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "agreements/{id}/payment-charges")]
            HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var reply = await flow.ListAsync(id, request.Query("pageToken"), cancellationToken);
        return reply.ToResult();
    }

    [Function("GetCharge")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "agreements/{id}/payment-charges/{chargeId}")]
            HttpRequest request,
        string id,
        string chargeId,
        CancellationToken cancellationToken
    )
    {
        var reply = await flow.GetAsync(id, chargeId, cancellationToken);
        return reply.ToResult();
    }
}
