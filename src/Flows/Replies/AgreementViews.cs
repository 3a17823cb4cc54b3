using Billing;
using Storage;

namespace Flows.Replies;

/// <summary>Draws the storefront's picture of an agreement.</summary>
internal static class AgreementViews
{
    public static AgreementView Of(Agreement agreement, BillingRules rules, DateTimeOffset now)
    {
        var (terms, provider) = (agreement.Terms, agreement.Provider);
        return new()
        {
            Id = agreement.Id.Value,
            Status = Words.Of(agreement.Status ?? AgreementStatus.Initializing),
            PaymentMethod = terms.PaymentMethod,
            StartDate = provider.StartDate ?? terms.StartDate,
            Amount = MoneyView.Of(terms.Amount),
            InstrumentId = provider.InstrumentId,
            Consumer = new(terms.ConsumerName, terms.ConsumerCountry),
            AuthenticationMethods = MethodsOf(agreement),
            History =
            [
                .. provider.History.Select(it => new HistoryView(
                    it.Id,
                    it.Status,
                    it.CreatedAt,
                    FailureView.Of(it.Failure)
                )),
            ],
            CreatedAt = provider.CreatedAt ?? agreement.CreatedAt,
            UpdatedAt = provider.UpdatedAt ?? agreement.CreatedAt,
            Failure = FailureView.Of(provider.Failure),
            Revocations = provider.Revocations.IsEmpty
                ? null
                :
                [
                    .. provider.Revocations.Select(it => new HistoryView(
                        it.Id,
                        it.Status,
                        it.CreatedAt,
                        FailureView.Of(it.Failure)
                    )),
                ],
            InitialPaymentChargeId = provider.InitialChargeId,
            Description = terms.Description,
            AmountType = terms.AmountType is { } type ? Words.Of(type) : null,
            Frequency = agreement.Plan.Schedule?.Frequency is { } every
                ? new(Words.Of(every.Type), every.Interval)
                : null,
            EndDate = agreement.Plan.EndAt,
            MaxCharges = agreement.Plan.MaxCharges,
            Reference = terms.Reference,
            PaymentAgreementId = provider.Id,
            BillingState = Words.Of(BillingStates.Of(agreement)),
            PaidThrough = agreement.Plan.Schedule is null ? null : agreement.Plan.PaidThroughOn,
            NextCharge = NextChargeOf(agreement, rules, now),
            PausedAt = agreement.Plan.PausedAt,
            CancelOn = agreement.Plan.Cancel?.On,
            CancelReason = agreement.Plan.Cancel?.Reason,
            Price = agreement.Plan.Price == terms.Amount ? null : MoneyView.Of(agreement.Plan.Price),
            EndedBy = EndedByOf(agreement),
            Ending = agreement.Ending is { } ending ? new(ending.At, Words.Of(ending.By), ending.Reason) : null,
            Exception = agreement.Stops.IsEmpty ? null : string.Join("; ", agreement.Stops.Select(it => it.Reason)),
            CapturedAmount = agreement.CapturedMinorUnits,
            RefundedAmount = agreement.RefundedMinorUnits,
        };
    }

    public static AgreementView With(
        this AgreementView view,
        IReadOnlyList<Attempt> charges,
        IReadOnlyList<SkippedPeriods> skips,
        bool hasMore
    ) =>
        view with
        {
            Charges = [.. charges.Select(ChargeView.Of)],
            SkippedPeriods = skips.Count is 0 ? null : [.. skips.Select(SkippedView.Of)],
            HasMore = hasMore ? true : null,
        };

    /// <summary>Only while the consumer can still approve: an old link helps nobody.</summary>
    private static IReadOnlyList<AuthenticationMethodView>? MethodsOf(Agreement agreement) =>
        agreement is { Provider.RequestUrl: { } url, Ending: null }
        && agreement.Status is null or < AgreementStatus.Active
            ? [new(new(url, agreement.Provider.RequestMethod ?? "GET"), "REDIRECT")]
            : null;

    /// <summary>Ours, or else what PPRO's status says.</summary>
    private static string? EndedByOf(Agreement agreement) =>
        agreement.Ending is { } ending ? Words.Of(ending.By)
        : agreement.Status is { } status && status.IsFinal() ? Words.Of(status)
        : null;

    private static NextChargeView? NextChargeOf(Agreement agreement, BillingRules rules, DateTimeOffset now)
    {
        if (!agreement.MayCharge)
        {
            return null;
        }

        var next = PeriodAgenda
            .Items(agreement, rules, now)
            .Where(item => item.Step is LookStep.Charge)
            .MinBy(item => item.At);
        return next?.Step is LookStep.Charge { Due: var due }
            ? new(next.At, due.Period.Start, due.Attempt, MoneyView.Of(due.Amount)!)
            : null;
    }
}
