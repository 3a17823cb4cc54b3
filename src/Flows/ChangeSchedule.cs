using System.Text.Json;
using Billing;
using Storage;

namespace Flows;

/// <summary>The shop changes the price or the frequency, from the next period on.</summary>
public sealed class ChangeSchedule(AgreementStore store, KeyedChange change)
{
    public async Task<Reply> RunAsync(
        string agreementId,
        ReadOnlyMemory<byte>? bytes,
        string? idempotencyKey,
        CancellationToken cancellationToken
    )
    {
        var (body, problem) = RequestBody.Parse(bytes);
        if (body is null)
        {
            return problem!;
        }

        using (body)
        {
            if (
                !AgreementId.TryParse(agreementId, out var id)
                || await store.FindAsync(id, cancellationToken) is not { } agreement
            )
            {
                return Problems.NotFound();
            }

            var errors = new FieldErrors();
            var (price, frequency) = Read(body.Json, agreement, errors);
            return errors.Any
                ? Problems.InvalidFields(errors, agreement)
                : await change.RunAsync(
                    new("change-schedule", agreementId, idempotencyKey, bytes!.Value),
                    (it, _) => it.ChangeSchedule(price, frequency),
                    cancellationToken
                );
        }
    }

    private static (Money? Price, Frequency? Frequency) Read(JsonElement json, Agreement agreement, FieldErrors errors)
    {
        var method = MethodRules.Find(agreement.Terms.PaymentMethod) ?? MethodRules.KakaoPay;
        var fields = new Fields(json, string.Empty, errors);
        fields.AllowOnly("amount", "frequency");
        var price = AmountFields.Read(fields, "amount", method, errors);
        if (price is not null && !agreement.Terms.Allows(price))
        {
            errors.Value("/amount/value", "amountType and amount of the agreement do not allow this amount.");
        }

        var frequency = FrequencyFields.Read(fields);
        if (agreement.Plan.Schedule is null)
        {
            const string Why = "This agreement was made without a frequency: nothing is charged by itself.";
            fields.Refuse("amount", Why);
            fields.Refuse("frequency", Why);
        }

        if (price is null && frequency is null && !errors.Any)
        {
            errors.Shape(string.Empty, "Send amount, frequency, or both.");
        }

        return (price, frequency);
    }
}
