using Flows.Operations;
using Flows.Requests;
using Microsoft.AspNetCore.Http;

namespace Functions;

/// <summary>Events that could not be applied: seen by an operator, and replayed.</summary>
public sealed class OperateQuarantineFunction(ShowQuarantine show, ReplayQuarantine replay)
{
    private const string Path = "operations/quarantine";

    [Function("ListQuarantine")]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = Path)] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var reply = await show.ListAsync(request.Query("pageToken"), cancellationToken);
        return reply.ToResult();
    }

    [Function("GetQuarantinedEvent")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = Path + "/{day}/{id}")] HttpRequest request,
        string day,
        string id,
        CancellationToken cancellationToken
    )
    {
        var reply = await show.GetAsync(day, id, cancellationToken);
        return reply.ToResult();
    }

    [Function("ReplayQuarantinedEvent")]
    public async Task<IResult> ReplayOneAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Path + "/{day}/{id}/replay")] HttpRequest request,
        string day,
        string id,
        CancellationToken cancellationToken
    )
    {
        var body = await request.ReadBodyAsync(RequestBody.MaxBytes, cancellationToken);
        var reply = await replay.OneAsync(day, id, body, cancellationToken);
        return reply.ToResult();
    }

    [Function("ReplayQuarantine")]
    public async Task<IResult> ReplayAllAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Path + "/replay")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var body = await request.ReadBodyAsync(RequestBody.MaxBytes, cancellationToken);
        var reply = await replay.AllAsync(request.Query("pageToken"), body, cancellationToken);
        return reply.ToResult();
    }
}
