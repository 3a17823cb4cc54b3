using Billing;
using Flows.Replies;
using Storage;

namespace Flows.Requests;

/// <summary>How a request begins: its body is read, and the agreement found that it is about.</summary>
internal static class Asked
{
    /// <summary>Null when there is no such agreement, whatever its name looks like.</summary>
    public static async Task<AgreementSession?> OpenAsync(
        this AgreementStore store,
        string agreementId,
        CancellationToken cancellationToken
    ) => AgreementId.TryParse(agreementId, out var id) ? await store.OpenAsync(id, cancellationToken) : null;

    /// <summary>The answer from a body; or the problem with it, or with the caller's key.</summary>
    public static async Task<Reply> WithBodyAsync(
        ReadOnlyMemory<byte>? bytes,
        string? idempotencyKey,
        Func<RequestBody, Task<Reply>> answer
    )
    {
        var (body, problem) = RequestBody.Parse(bytes, idempotencyKey);
        if (body is null)
        {
            return problem!;
        }

        using (body)
        {
            return await answer(body);
        }
    }

    /// <summary>The answer from a body about an agreement; or the problem with either, the body's first.</summary>
    public static Task<Reply> WithBodyAsync(
        this AgreementStore store,
        string agreementId,
        ReadOnlyMemory<byte>? bytes,
        string? idempotencyKey,
        Func<AgreementSession, RequestBody, Task<Reply>> answer,
        CancellationToken cancellationToken
    ) =>
        WithBodyAsync(
            bytes,
            idempotencyKey,
            async body =>
                await store.OpenAsync(agreementId, cancellationToken) is { } session
                    ? await answer(session, body)
                    : Problems.NotFound()
        );
}
