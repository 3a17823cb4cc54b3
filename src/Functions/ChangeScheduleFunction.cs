using Flows.Requests;
using Flows.Shop;
using Microsoft.AspNetCore.Http;

namespace Functions;

public sealed class ChangeScheduleFunction(ChangeSchedule flow)
{
    [Function(nameof(ChangeSchedule))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "patch", Route = "agreements/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var body = await request.ReadBodyAsync(RequestBody.MaxBytes, cancellationToken);
        var reply = await flow.RunAsync(id, body, request.Header(CallersKey.Header), cancellationToken);
        return reply.ToResult();
    }
}
