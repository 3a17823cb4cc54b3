using Flows.Shop;
using Microsoft.AspNetCore.Http;

namespace Functions;

public sealed class ListAgreementsFunction(ListAgreements flow)
{
    [Function(nameof(ListAgreements))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "agreements")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var (status, reference) = (request.Query("status"), request.Query("reference"));
        var reply = await flow.RunAsync(status, reference, request.Query("pageToken"), cancellationToken);
        return reply.ToResult();
    }
}
