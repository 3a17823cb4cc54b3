using Azure;
using Azure.Core;

namespace Storage;

/// <summary>
/// Makes of a token that cannot be had what it is for everyone who asks storage: a request that failed. The
/// credentials throw what nobody else does, and it would pass all who know that storage may be away.
/// </summary>
internal sealed class HeardCredential(TokenCredential inner) : TokenCredential
{
    private const int Unauthorized = 401;

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        try
        {
            return inner.GetToken(requestContext, cancellationToken);
        }
        catch (Exception e) when (!IsStopped(e, cancellationToken))
        {
            throw NoToken(e);
        }
    }

    public override async ValueTask<AccessToken> GetTokenAsync(
        TokenRequestContext requestContext,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await inner.GetTokenAsync(requestContext, cancellationToken);
        }
        catch (Exception e) when (!IsStopped(e, cancellationToken))
        {
            throw NoToken(e);
        }
    }

    private static bool IsStopped(Exception e, CancellationToken cancellationToken) =>
        e is OperationCanceledException && cancellationToken.IsCancellationRequested;

    private static RequestFailedException NoToken(Exception e) =>
        new(Unauthorized, $"No token for storage could be had: {e.Message}", "NoToken", e);
}
