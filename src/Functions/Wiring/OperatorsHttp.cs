using Flows.Operations;
using Flows.Replies;
using Flows.Requests;
using Microsoft.AspNetCore.Http;

namespace Functions;

/// <summary>How every operators' route begins: at the door, before anything of the request is read.</summary>
internal static class OperatorsHttp
{
    public static async Task<IResult> AnswerAsync(
        this OperatorsDoor door,
        HttpRequest request,
        Func<WhoAsks, Task<Reply>> answer
    )
    {
        var reply = await door.EnterAsync(request.Header(OperatorsDoor.Header), answer);
        return reply.ToResult();
    }

    /// <summary>To a request that has a body.</summary>
    public static Task<IResult> AnswerAsync(
        this OperatorsDoor door,
        HttpRequest request,
        Func<WhoAsks, ReadOnlyMemory<byte>?, Task<Reply>> answer,
        CancellationToken cancellationToken
    ) =>
        door.AnswerAsync(
            request,
            async who => await answer(who, await request.ReadBodyAsync(RequestBody.MaxBytes, cancellationToken))
        );
}
