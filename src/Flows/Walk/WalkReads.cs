using System.Collections.Immutable;
using Billing;
using Ppro;

namespace Flows.Walk;

/// <summary>
/// What the walk asks of PPRO: never more than a part of PPRO's limit for reads, so that what charges need is left; and
/// what PPRO refuses for its pace is waited for and asked again. Nobody waits for the walk.
/// </summary>
public sealed class WalkReads(PproClient ppro, TimeProvider clock)
{
    /// <summary>Of what PPRO allows in a second, and of what it allows at once.</summary>
    private const int Part = 4;

    /// <summary>Until PPRO has said: its limit for those who try it out.</summary>
    private const int LeastPerSecond = 5;

    private const int Tries = 6;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private DateTimeOffset next = DateTimeOffset.UnixEpoch;

    public Task<Answer<ImmutableArray<ChargeReading>>> ListChargesAsync(
        string agreement,
        CancellationToken cancellationToken
    ) => AskAsync(() => ppro.ListChargesAsync(agreement, cancellationToken), cancellationToken);

    public Task<Answer<FundsReading>> ReadFundsAsync(string charge, CancellationToken cancellationToken) =>
        AskAsync(() => ppro.ReadFundsAsync(charge, cancellationToken), cancellationToken);

    private async Task<Answer<T>> AskAsync<T>(Func<Task<Answer<T>>> read, CancellationToken cancellationToken)
    {
        var wait = FirstWait;
        for (var attempt = 1; ; attempt++)
        {
            await WaitAsync(TakeTurn() - clock.GetUtcNow(), cancellationToken);
            var answer = await read();
            var isTooFast = answer is Answer<T>.Refused { Refusal.Kind: RefusalKind.RateLimited };
            if (!isTooFast || attempt == Tries)
            {
                return answer;
            }

            await WaitAsync(wait, cancellationToken);
            wait *= 2;
        }
    }

    /// <summary>
    /// When the next read may leave: each a little after the one before it, but for a few at once after a rest.
    /// </summary>
    private DateTimeOffset TakeTurn()
    {
        var limit = ppro.LatestReadLimit;
        var pace = TimeSpan.FromSeconds(1) / Math.Max(1, (limit?.ReplenishRate ?? LeastPerSecond) / Part);
        var isScarce = IsNearlyUsedUp(limit);
        var ahead = isScarce ? TimeSpan.Zero : pace * Math.Max(0, ((limit?.BurstCapacity ?? 0) / Part) - 1);
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var planned = next - now < ahead + (pace * Tries) ? next : now; // A clock that went back plans nothing.
            var turn = planned - ahead > now ? planned - ahead : now;
            next = (planned > turn ? planned : turn) + (isScarce ? pace * Part : pace);
            return turn;
        }
    }

    /// <summary>Less is left at once than the rest of this service may need.</summary>
    private static bool IsNearlyUsedUp(RateLimit? limit) =>
        limit is { Remaining: { } left, BurstCapacity: { } most } && left < most / 2;

    private Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken) =>
        wait > TimeSpan.Zero ? Task.Delay(wait, clock, cancellationToken) : Task.CompletedTask;
}
