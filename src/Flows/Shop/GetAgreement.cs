using Billing;
using Flows.Looks;
using Flows.Replies;
using Flows.Requests;
using Storage;

namespace Flows.Shop;

/// <summary>
/// What the storefront sees of an agreement. With <c>waitSeconds</c> it answers as soon as the consumer's approval is
/// settled, and asks PPRO once on arrival, so that the shop's return page is right while a webhook is late.
/// </summary>
public sealed class GetAgreement(
    AgreementStore store,
    ReadAgreement readAgreement,
    ReadBack readBack,
    AgreementChanges changes,
    TimeProvider clock
)
{
    public const int MaxWaitSeconds = 60;
    private const int ShownRows = 100;

    /// <summary>Of a long life: with five attempts each, as many as are shown.</summary>
    private const int ShownPeriods = 20;

    private const int MaxReads = 5;
    private static readonly TimeSpan ReadAgain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(400);

    public async Task<Reply> RunAsync(string agreementId, string? waitSeconds, CancellationToken cancellationToken)
    {
        if (ParseWait(waitSeconds) is not { } wait)
        {
            return Problems.BadQuery($"waitSeconds must be a whole number from 0 to {MaxWaitSeconds}.");
        }

        if (await store.OpenAsync(agreementId, cancellationToken) is not { } session)
        {
            return Problems.NotFound();
        }

        if (wait > TimeSpan.Zero)
        {
            await WaitAsync(session, wait, cancellationToken);
            await ReadFirstChargeAsync(session, cancellationToken);
        }

        return await DrawAsync(session, cancellationToken);
    }

    private async Task WaitAsync(AgreementSession session, TimeSpan wait, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        if (IsUndecided(session.Current) && MayReadAgain(session.Current.Provider.ReadTriedAt))
        {
            await readAgreement.RunAsync(session, cancellationToken);
        }

        while (IsUndecided(session.Current) && clock.GetElapsedTime(start) < wait)
        {
            await Task.Delay(PollEvery, clock, cancellationToken);
            await session.ReloadAsync(cancellationToken);
        }
    }

    /// <summary>
    /// The consumer who has just approved is told of the money too: the charge that travelled along is read, when no
    /// event has told of it yet. It is never sent from here, because it cannot be sent alone.
    /// </summary>
    private async Task ReadFirstChargeAsync(AgreementSession session, CancellationToken cancellationToken)
    {
        var first = session.Current.Open.FirstOrDefault(it => it is { IsInitial: true, IsDoubtful: true });
        if (first is not null && MayReadAgain(first.LastLookAt))
        {
            await readBack.RunAsync(session, first.Key, cancellationToken);
        }
    }

    private bool MayReadAgain(DateTimeOffset? last) => last is not { } tried || changes.Now - tried >= ReadAgain;

    /// <summary>
    /// The agreement and its charges of one moment: read again when something was written in between, so that a charge
    /// is never shown as captured beside a sum that does not have it yet.
    /// </summary>
    private async Task<Reply> DrawAsync(AgreementSession session, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (id, version) = (session.Current.Id, session.Current.Version);
            var charges = await ListAsync(
                session.Current,
                (after, limit) => store.ListAttemptsAsync(id, after, limit, cancellationToken)
            );
            var skips = await ListAsync(
                session.Current,
                (after, limit) => store.ListSkipsAsync(id, after, limit, cancellationToken)
            );
            await session.ReloadAsync(cancellationToken);
            if (session.Current.Version == version || attempt == MaxReads)
            {
                var view = AgreementViews
                    .Of(session.Current, changes.Rules, changes.Now)
                    .With(charges.Rows, skips.Rows, charges.HasMore || skips.HasMore);
                return Reply.Json(200, view, StorefrontJson.Readable.AgreementView);
            }
        }
    }

    /// <summary>
    /// All of them, or of a long life those of the latest periods: a period's name sorts just before its own rows.
    /// </summary>
    private static async Task<(IReadOnlyList<T> Rows, bool HasMore)> ListAsync<T>(
        Agreement agreement,
        Func<string?, int, Task<IReadOnlyList<T>>> readAsync
    )
    {
        var rows = await readAsync(null, ShownRows + 1);
        if (rows.Count <= ShownRows)
        {
            return (rows, false);
        }

        var from = agreement.Plan.Schedule?.Period(Math.Max(0, agreement.Plan.NextPeriod - ShownPeriods)).Name;
        return (await readAsync(from, ShownRows), true);
    }

    private static bool IsUndecided(Agreement agreement) =>
        agreement.Ending is null && agreement.Status is null or < AgreementStatus.Active;

    private static TimeSpan? ParseWait(string? text)
    {
        if (text is null)
        {
            return TimeSpan.Zero;
        }

        var isNumber = int.TryParse(
            text,
            System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture,
            out var seconds
        );
        return isNumber && seconds <= MaxWaitSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }
}
