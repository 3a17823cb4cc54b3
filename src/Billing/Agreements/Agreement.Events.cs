namespace Billing;

/// <summary>What PPRO's events say of the agreement itself.</summary>
public sealed partial record Agreement
{
    internal Change ApplyToAgreement(PproEvent happened, DateTimeOffset now)
    {
        var heard = this with
        {
            Provider = Provider with
            {
                Id = Provider.Id ?? happened.AgreementProviderId,
                RequestUrl = Provider.RequestUrl ?? happened.RequestUrl,
                RequestMethod = Provider.RequestMethod ?? happened.RequestMethod,
                Failure = Provider.Failure ?? happened.Failure,
                RecheckAt = happened.Kind is PproEventKind.AgreementUpdated ? now : Provider.RecheckAt,
            },
        };
        if (happened.What.Calls is { } what)
        {
            return heard.CallForAPerson(
                AgreementStop.OfAgreement,
                $"{what} of {happened.ChargeProviderId}, a charge that we did not make",
                now
            );
        }

        return happened.What.Tells is { } status
            ? heard.MoveTo(status, now).Then(it => it.NoteInHistory(happened, status, now))
            : Change.To(heard);
    }

    /// <summary>
    /// Until a read brings PPRO's own history, the event itself is the entry: each status once, by PPRO's clock.
    /// </summary>
    private Change NoteInHistory(PproEvent happened, AgreementStatus status, DateTimeOffset now)
    {
        var word =
            status is AgreementStatus.Initializing
                ? "INITIALIZING"
                : happened.Type.Replace("PAYMENT_AGREEMENT_", string.Empty, StringComparison.Ordinal);
        var entry = new HistoryEntry(happened.Id, word, happened.Time ?? now, happened.Failure);
        var provider = Provider with
        {
            History = Provider.History.Any(it => it.Status == word)
                ? Provider.History
                :
                [
                    .. Provider
                        .History.Append(entry)
                        .OrderBy(it => it.CreatedAt)
                        .ThenBy(it => PlaceInLife(it.Status))
                        .TakeLast(ProviderSide.MaxEntries),
                ],
            UpdatedAt = Latest(Provider.UpdatedAt, happened.Time),
        };
        return Change.To(this with { Provider = provider });
    }

    /// <summary>Statuses of one millisecond follow each other as they do in every life.</summary>
    private static int PlaceInLife(string status) =>
        status switch
        {
            "INITIALIZING" => 0,
            "AUTHENTICATION_PENDING" => 1,
            "AUTHORIZATION_PROCESSING" => 2,
            "ACTIVE" => 3,
            _ => 4,
        };
}
