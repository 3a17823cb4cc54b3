using System.Globalization;
using System.Text.Json;
using Billing;
using Flows.Settings;
using Microsoft.Extensions.Options;
using Ppro;

namespace Flows.Sending;

/// <summary>
/// The requests to charge, byte for byte: references and keys are functions of the agreement, period and attempt.
/// </summary>
public sealed class ChargeIntents(IOptions<PproOptions> options)
{
    private readonly PproOptions ppro = options.Value;

    public ChargeIntent ForPeriod(Agreement agreement, DuePeriod due)
    {
        var key = ChargeKeys.Scheduled(due.Period, due.Attempt);
        var reference = ChargeKeys.Reference(agreement.Id, key);
        var body = ChargeBody.Scheduled(
            due.Amount,
            agreement.Terms.Description,
            reference,
            ppro.WebhooksUrl,
            ppro.SendChargeContext ? new($"{agreement.Id}-{due.Period.Name}", IsRetry: due.Attempt > 1) : null
        );
        return new(key, reference, KeyOf(agreement, due), body);
    }

    /// <summary>A period's attempt whose other fields the shop chose.</summary>
    public ChargeIntent ForPeriod(Agreement agreement, DuePeriod due, JsonElement request)
    {
        var key = ChargeKeys.Scheduled(due.Period, due.Attempt);
        var reference = ChargeKeys.Reference(agreement.Id, key);
        return new(key, reference, KeyOf(agreement, due), ChargeBody.From(request, reference, ppro.WebhooksUrl));
    }

    /// <summary>A single charge is named by what its caller named it: its key, or else its reference.</summary>
    public ChargeIntent ForSingle(AgreementId agreement, string callersName, string? reference, JsonElement request)
    {
        var key = ChargeKeys.SingleCharge(callersName);
        var named = reference ?? ChargeKeys.Reference(agreement, key);
        var body = ChargeBody.From(request, named, ppro.WebhooksUrl);
        return new(key, named, IdempotencyKey.From(agreement.Value, key), body);
    }

    private static string KeyOf(Agreement agreement, DuePeriod due) =>
        IdempotencyKey.From(agreement.Id.Value, due.Period.Name, due.Attempt.ToString(CultureInfo.InvariantCulture));
}
