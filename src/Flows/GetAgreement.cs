using Billing;
using Storage;

namespace Flows;

/// <summary>
/// What the storefront sees of an agreement. With <c>waitSeconds</c> it answers as soon as the consumer's approval is
/// settled, and asks PPRO once on arrival, so that the shop's return page is right while a webhook is late.
/// </summary>
public sealed class GetAgreement(
    AgreementStore store,
    ReadAgreement readAgreement,
    Deciding deciding,
    TimeProvider clock
)
{
    public const int MaxWaitSeconds = 60;
    private const int ShownCharges = 100;
    private const int MaxReads = 5;
    private static readonly TimeSpan ReadAgain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(400);

    public async Task<Reply> RunAsync(string agreementId, string? waitSeconds, CancellationToken cancellationToken)
    {
        if (ParseWait(waitSeconds) is not { } wait)
        {
            return Problems.BadQuery($"waitSeconds must be a whole number from 0 to {MaxWaitSeconds}.");
        }

        if (
            !AgreementId.TryParse(agreementId, out var id)
            || await store.OpenAsync(id, cancellationToken) is not { } session
        )
        {
            return Problems.NotFound();
        }

        if (wait > TimeSpan.Zero && IsUndecided(session.Current))
        {
            await WaitAsync(session, wait, cancellationToken);
        }

        return await DrawAsync(session, cancellationToken);
    }

    private async Task WaitAsync(AgreementSession session, TimeSpan wait, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        if (session.Current.Provider.ReadTriedAt is not { } tried || deciding.Now - tried >= ReadAgain)
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
    /// The agreement and its charges of one moment: read again when something was written in between, so that a charge
    /// is never shown as captured beside a sum that does not have it yet.
    /// </summary>
    private async Task<Reply> DrawAsync(AgreementSession session, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (id, version) = (session.Current.Id, session.Current.Version);
            var charges = await store.ListAttemptsAsync(id, null, ShownCharges, cancellationToken);
            var skips = await store.ListSkipsAsync(id, ShownCharges, cancellationToken);
            await session.ReloadAsync(cancellationToken);
            if (session.Current.Version == version || attempt == MaxReads)
            {
                var view = AgreementViews.Of(session.Current, deciding.Rules, deciding.Now).With(charges, skips);
                return Reply.Json(200, view, StorefrontJson.Readable.AgreementView);
            }
        }
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
