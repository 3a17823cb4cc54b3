using Azure;
using Billing;

namespace Storage;

/// <summary>
/// One agreement in hand. Every write goes through one sentence, <c>ChangeAsync(pure function)</c>: decide, wake up,
/// commit under the ETag, and decide again on what is there now when someone wrote first.
/// </summary>
public sealed class AgreementSession
{
    private const int MaxTries = 8;
    private static readonly TimeSpan WakeUpTrusted = TimeSpan.FromSeconds(30);

    private readonly ITables tables;
    private readonly WakeUps wakeUps;
    private readonly TimeProvider clock;
    private ETag etag;
    private (DateTimeOffset At, long PutAt)? ahead;

    internal AgreementSession(ITables tables, WakeUps wakeUps, TimeProvider clock, Agreement current, ETag etag)
    {
        (this.tables, this.wakeUps, this.clock, Current, this.etag) = (tables, wakeUps, clock, current, etag);
    }

    /// <summary>The agreement as last read or written here.</summary>
    public Agreement Current { get; private set; }

    /// <summary>
    /// True for a look: it writes the next wake-up itself, at its end. Everyone else writes the wake-up before the
    /// commit, when the next look has moved nearer.
    /// </summary>
    public bool HoldsBaton { get; init; }

    public AgreementSession WithBaton() => new(tables, wakeUps, clock, Current, etag) { HoldsBaton = true };

    public Task<Committed> ChangeAsync(Func<Agreement, Change> decide, CancellationToken cancellationToken) =>
        ChangeAsync(_ => Task.FromResult(true), (agreement, _) => decide(agreement), cancellationToken);

    /// <summary>
    /// Changes the agreement with rows of its partition that the decision needs. Every row changes together with the
    /// agreement's own, so what was read is still so when the commit holds.
    /// </summary>
    public async Task<Committed> ChangeAsync<T>(
        Func<Agreement, Task<T>> load,
        Func<Agreement, T, Change> decide,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            var loaded = await load(Current);
            var change = decide(Current, loaded);
            if (ReferenceEquals(change.Agreement, Current) && change.Facts.IsEmpty)
            {
                return new(CommitOutcome.Unchanged, null);
            }

            if (await TryCommitAsync(change, cancellationToken))
            {
                return new(CommitOutcome.Committed, change.Claim);
            }

            await Task.Delay(Jitter(attempt), clock, cancellationToken);
            await ReloadAsync(cancellationToken);
            if (await IsAnsweredAsync(change, cancellationToken))
            {
                return new(CommitOutcome.AlreadyThere, null);
            }

            if (attempt == MaxTries)
            {
                throw new StorageConflictException(
                    $"Agreement {Current.Id} was changed by others {MaxTries} times in a row."
                );
            }
        }
    }

    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        var row =
            await tables.FindAsync(StoreNames.Agreements, new(Current.Id.Value, Keys.Agreement), cancellationToken)
            ?? throw new InvalidOperationException($"Agreement {Current.Id} is gone.");
        (Current, etag) = (AgreementRow.Read(row), row.ETag);
    }

    /// <summary>
    /// PPRO's events come in bursts about one agreement: whoever lost a race steps aside a little, each by what the
    /// last digits of its own moment say.
    /// </summary>
    private TimeSpan Jitter(int attempt) =>
        TimeSpan.FromMilliseconds((clock.GetTimestamp() / 100 % (10 * attempt)) + 1);

    private async Task<bool> TryCommitAsync(Change change, CancellationToken cancellationToken)
    {
        var after = change.Agreement with { Version = Current.Version + 1 };
        var restsOnWakeUp = await WakeUpAheadAsync(after, cancellationToken);
        List<RowWrite> writes = [new RowWrite.Replace(AgreementRow.From(after), etag)];
        writes.AddRange(change.Facts.Where(IsLast).Select(fact => FactRows.WriteOf(after.Id, fact)));
        try
        {
            var etags = await tables.CommitAsync(StoreNames.Agreements, writes, cancellationToken);
            (Current, etag) = (after, etags[0]);
        }
        catch (StorageConflictException)
        {
            return false;
        }
        finally
        {
            if (restsOnWakeUp && !IsAhead)
            {
                // The commit was held up: the look that it had asked for may have come first, and found nothing yet.
                // Whatever was answered, the commit may be there.
                await PutWakeUpAsync(after.NextLookAt!.Value, cancellationToken);
            }
        }

        return true;

        // A transaction may name a row once: of several moves of one attempt, the last one holds them all.
        bool IsLast(Fact fact) =>
            fact switch
            {
                Fact.AttemptMoved moved => ReferenceEquals(
                    fact,
                    change.Facts.Last(it => it is Fact.AttemptMoved other && other.Attempt.Key == moved.Attempt.Key)
                ),
                Fact.RefundMoved moved => ReferenceEquals(
                    fact,
                    change.Facts.Last(it => it is Fact.RefundMoved other && other.Refund.Id == moved.Refund.Id)
                ),
                _ => true,
            };
    }

    /// <summary>True when the next look moves nearer, and so rests on the wake-up that is in place now.</summary>
    private async Task<bool> WakeUpAheadAsync(Agreement after, CancellationToken cancellationToken)
    {
        if (HoldsBaton || after.NextLookAt is not { } at || Current.NextLookAt <= at)
        {
            return false;
        }

        if (!IsAhead || ahead!.Value.At > at)
        {
            await PutWakeUpAsync(at, cancellationToken);
        }

        return true;
    }

    /// <summary>A wake-up that was put so shortly ago is still ahead of this commit.</summary>
    private bool IsAhead => ahead is { } put && clock.GetElapsedTime(put.PutAt) < WakeUpTrusted;

    private async Task PutWakeUpAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var putAt = clock.GetTimestamp();
        await wakeUps.AddAsync(Current.Id, at, cancellationToken);
        ahead = (at, putAt);
    }

    private async Task<bool> IsAnsweredAsync(Change change, CancellationToken cancellationToken)
    {
        foreach (var fact in FactRows.Answering(change.Facts))
        {
            var row = FactRows.WriteOf(Current.Id, fact).Entity.RowKey;
            if (
                await tables.FindAsync(StoreNames.Agreements, new(Current.Id.Value, row), cancellationToken) is not null
            )
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>What became of a change. A claim is there only when this very call is known to have committed it.</summary>
public sealed record Committed(CommitOutcome Outcome, Claim? Claim);

public enum CommitOutcome
{
    Committed,

    /// <summary>The decision found nothing to do.</summary>
    Unchanged,

    /// <summary>An event, operation or reference of the change was there already: it was done before.</summary>
    AlreadyThere,
}
