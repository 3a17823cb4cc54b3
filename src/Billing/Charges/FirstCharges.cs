namespace Billing;

/// <summary>The charge that travels with its agreement: what PPRO's word about the agreement tells of it.</summary>
internal static class FirstCharges
{
    /// <summary>
    /// ACTIVE starts the in-doubt clock of the charge that travelled with the agreement; and so does its end when that
    /// is the first we hear, for what is revoked was active, and its first charge may have been captured.
    /// </summary>
    internal static Change DoubtWaiting(this Agreement agreement, DateTimeOffset now, string what) =>
        agreement.Open.FirstOrDefault(it => it.State is AttemptState.Waiting) is { } waiting
            ? agreement.Move(
                waiting with
                {
                    State = AttemptState.InDoubt,
                    Sends = 1,
                    FirstSentAt = now,
                    LastClaimedAt = now,
                },
                now,
                what
            )
            : Change.To(agreement);

    /// <summary>FAILED closes the charge that travelled with the agreement, unless PPRO has spoken of it.</summary>
    internal static Change DropWaiting(this Agreement agreement, DateTimeOffset now) =>
        agreement.Open.FirstOrDefault(it => it.State is AttemptState.Waiting) is { } waiting
            ? agreement.Move(
                waiting with
                {
                    State = AttemptState.NotExecuted,
                    Failure = agreement.Provider.Failure,
                },
                now,
                "agreement failed"
            )
            : Change.To(agreement);

    internal static Change LearnInitialChargeId(this Agreement agreement, DateTimeOffset now) =>
        agreement.Provider.InitialChargeId is { } id
        && agreement.Open.FirstOrDefault(it => it.IsInitial && it.ProviderId is null) is { } initial
            ? agreement.Move(initial with { ProviderId = id, RecheckAt = now }, now, "known at PPRO")
            : Change.To(agreement);
}
