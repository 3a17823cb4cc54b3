using Flows.Operations;
using Microsoft.AspNetCore.Http;

namespace Functions;

public sealed class HealthFunction(CheckHealth flow)
{
    [Function("Health")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var reply = await flow.RunAsync(cancellationToken);
        return reply.ToResult();
    }
}
