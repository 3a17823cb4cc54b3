using Flows.Shop;
using Microsoft.AspNetCore.Http;

namespace Functions;

public sealed class GetAgreementFunction(GetAgreement flow)
{
    [Function(nameof(GetAgreement))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "agreements/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var reply = await flow.RunAsync(id, request.Query("waitSeconds"), cancellationToken);
        return reply.ToResult();
    }
}
