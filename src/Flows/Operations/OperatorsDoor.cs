using Flows.Replies;
using Flows.Requests;
using Microsoft.Extensions.Logging;

namespace Flows.Operations;

/// <summary>Who may operate: every operators' route asks here first, the reading ones too.</summary>
public sealed class OperatorsDoor(OperatorKeys keys, ILogger<OperatorsDoor> logger)
{
    public const string Header = "x-operator-key";

    /// <summary>The answer to an operator. To anybody else it is a problem, and nothing is read or done.</summary>
    public async Task<Reply> EnterAsync(string? key, Func<WhoAsks, Task<Reply>> answer)
    {
        if (!keys.AreNeeded)
        {
            return await answer(WhoAsks.AtThisMachine);
        }

        if (!keys.AreSet)
        {
            return Problems.NoOperatorKeySet();
        }

        if (keys.FindOwner(key) is not { } who)
        {
            logger.OperatorRefused();
            return Problems.OperatorKeyRefused(Header);
        }

        return await answer(who);
    }
}
