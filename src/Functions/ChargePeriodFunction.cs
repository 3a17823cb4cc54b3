using Flows.Requests;
using Flows.Shop;
using Microsoft.AspNetCore.Http;

namespace Functions;

/// <summary>One period by hand: tried again, or let go.</summary>
public sealed class ChargePeriodFunction(RetryPeriod retry, SkipPeriod skip)
{
    private const string Path = "agreements/{id}/periods/{period}";

    [Function(nameof(RetryPeriod))]
    public async Task<IResult> RetryAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Path + "/retry")] HttpRequest request,
        string id,
        string period,
        CancellationToken cancellationToken
    )
    {
        var reply = await retry.RunAsync(id, period, request.Header(CallersKey.Header), cancellationToken);
        return reply.ToResult();
    }

    [Function(nameof(SkipPeriod))]
    public async Task<IResult> SkipAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Path + "/skip")] HttpRequest request,
        string id,
        string period,
        CancellationToken cancellationToken
    )
    {
        var body = await request.ReadBodyAsync(RequestBody.MaxBytes, cancellationToken);
        var reply = await skip.RunAsync(id, period, body, request.Header(CallersKey.Header), cancellationToken);
        return reply.ToResult();
    }
}
