using System.Text;
using Flows.Replies;
using Flows.Shop;
using JourneyKit;

namespace Azurite.Tests.JourneyTests;

/// <summary>The shop's requests about an agreement, each under the subject's own key.</summary>
public static class Requests
{
    public const long SingleCharge = 500;
    public const long Refunded = 400;
    public const long NewPrice = 12_300;

    public static Task<Reply> CreateAsync(Journey journey, Subject subject) =>
        journey.Get<CreateAgreement>().RunAsync(Shop.AgreementBody(), subject.Key, default);

    public static Task<Reply> ChargeAsync(Journey journey, Subject subject) =>
        journey.Get<CreateCharge>().RunAsync(subject.Id.Value, Amount(SingleCharge), subject.Key, default);

    public static Task<Reply> SingleAsync(Journey journey, Subject subject, string key) =>
        journey.Get<CreateCharge>().RunAsync(subject.Id.Value, Amount(SingleCharge), key, default);

    public static Task<Reply> ChargeUnderOwnReferenceAsync(Journey journey, Subject subject)
    {
        var body = $$"""
            {
              "amount": { "value": {{SingleCharge}}, "currency": "KRW" },
              "merchantPaymentChargeReference": "own-{{subject.Id}}"
            }
            """;
        return journey.Get<CreateCharge>().RunAsync(subject.Id.Value, Body(body), subject.Key, default);
    }

    /// <summary>Of the first period's charge, which is there in full.</summary>
    public static Task<Reply> RefundAsync(Journey journey, Subject subject, string chargeKey) =>
        journey
            .Get<RefundCharge>()
            .RunAsync(subject.Id.Value, chargeKey, Body($$"""{ "amount": {{Refunded}} }"""), subject.Key, default);

    public static Task<Reply> CancelAsync(Journey journey, Subject subject) =>
        journey.Get<CancelAgreement>().RunAsync(subject.Id.Value, Body("{}"), subject.Key, default);

    public static Task<Reply> PauseAsync(Journey journey, Subject subject) =>
        journey.Get<PauseAgreement>().PauseAsync(subject.Id.Value, subject.Key, default);

    public static Task<Reply> ResumeAsync(Journey journey, Subject subject) =>
        journey.Get<PauseAgreement>().ResumeAsync(subject.Id.Value, subject.Key, default);

    public static Task<Reply> ChangePriceAsync(Journey journey, Subject subject) =>
        journey.Get<ChangeSchedule>().RunAsync(subject.Id.Value, Amount(NewPrice), subject.Key, default);

    public static Task<Reply> RetryAsync(Journey journey, Subject subject) =>
        journey.Get<RetryPeriod>().RunAsync(subject.Id.Value, subject.Period!, subject.Key, default);

    public static Task<Reply> SkipAsync(Journey journey, Subject subject) =>
        journey
            .Get<SkipPeriod>()
            .RunAsync(subject.Id.Value, subject.Period!, Body("""{ "reason": "a gift" }"""), subject.Key, default);

    /// <summary>A refund that the healthy process is asked for.</summary>
    public static async Task<Reply> RefundAsync(this World world, Subject subject) =>
        await RefundAsync(world.Journey, subject, await world.FirstChargeAsync(subject));

    public static Task<Reply> CancelAsync(this World world, Subject subject) => CancelAsync(world.Journey, subject);

    public static async Task<string> FirstChargeAsync(this World world, Subject subject) =>
        (await world.Store.ListAttemptsAsync(subject.Id, null, 1, default))[0].Key;

    private static byte[] Amount(long value) => Body($$"""{ "amount": { "value": {{value}}, "currency": "KRW" } }""");

    private static byte[] Body(string json) => Encoding.UTF8.GetBytes(json);
}
