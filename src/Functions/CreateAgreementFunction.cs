using Flows.Requests;
using Flows.Shop;
using Microsoft.AspNetCore.Http;

namespace Functions;

public sealed class CreateAgreementFunction(CreateAgreement flow)
{
    [Function(nameof(CreateAgreement))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "agreements")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var body = await request.ReadBodyAsync(RequestBody.MaxBytes, cancellationToken);
        var reply = await flow.RunAsync(body, request.Header(CallersKey.Header), cancellationToken);
        return reply.ToResult();
    }
}
