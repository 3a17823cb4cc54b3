using Microsoft.Extensions.Logging;
using Storage;

namespace Flows.Looks;

/// <summary>
/// A look that failed too often: a wake-up 15 minutes ahead, so that a bad deployment costs minutes and never a
/// period.
/// </summary>
public sealed class RearmLook(WakeUps wakeUps, TimeProvider clock, ILogger<RearmLook> logger)
{
    private static readonly TimeSpan After = TimeSpan.FromMinutes(15);

    public async Task RunAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (LookMessage.Parse(message) is not { } agreement)
        {
            logger.UnreadableMessage(StoreNames.DueAgreementsPoison);
            return;
        }

        await wakeUps.PassBatonAsync(agreement, clock.GetUtcNow() + After, cancellationToken);
        logger.LookPoisoned(agreement);
    }
}
