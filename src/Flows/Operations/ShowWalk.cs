using Flows.Replies;
using Storage;

namespace Flows.Operations;

/// <summary>An operator sees how far the walk is, and what it found.</summary>
public sealed class ShowWalk(WalkStateStore states)
{
    public async Task<Reply> RunAsync(CancellationToken cancellationToken)
    {
        var (state, _) = await states.LoadAsync(cancellationToken);
        return Reply.Json(200, WalkView.Of(state), StorefrontJson.Readable.WalkView);
    }
}
