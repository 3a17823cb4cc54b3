using Billing;
using PproSimulator;
using Unit.Tests.BillingTests;

namespace Unit.Tests.JourneyTests;

/// <summary>
/// Every life of an agreement that the simulator can play: where we stand when the first event comes, and what PPRO
/// tells.
/// </summary>
internal static class Stories
{
    private const string Money = "fundsEventType=Received;fundsEventScheduleDelay=10s";
    private const string NoMoney = "fundsEventType=Missing;fundsEventScheduleDelay=10s";
    private static readonly SimFailure NoFunds = new("PROVIDER_DECLINE", "INSUFFICIENT_FUNDS", "no", true);

    public static IReadOnlyDictionary<string, Func<(Heard Start, IReadOnlyList<PproEvent> Events)>> All { get; } =
        new Dictionary<string, Func<(Heard, IReadOnlyList<PproEvent>)>>
        {
            ["approved"] = () => Told(new Life(A.Begun()).Approve()),
            ["approved, with a first charge"] = () => Told(First().Approve()),
            ["with a first charge that is captured later"] = () =>
                Told(First(Slowly()).Approve().Wait(TimeSpan.FromMinutes(2))),
            ["with a first charge that is declined"] = () => Told(Declining(First()).Approve()),
            ["declined at PPRO"] = () => Told(new Life(A.Begun()).Create().Do(it => it.Cancel(IdOf(it)))),
            ["cancelled at the approval"] = () => Told(First().Create().Do(it => it.Cancel(IdOf(it)))),
            ["expired"] = () => Told(First().Create().Wait(TimeSpan.FromHours(1))),
            ["ended by the consumer"] = () => Told(First().Approve().Do(it => it.EndFromOutside(IdOf(it), true))),
            ["ended by the provider"] = () => Told(First().Approve().Do(it => it.EndFromOutside(IdOf(it), false))),
            ["ended by us"] = () => Told(First().Approve().Revoke()),
            ["ended without a charge"] = () => Told(new Life(A.Begun()).Approve().Revoke()),
            ["a period is captured"] = () => Told(Charging(new(A.Begun())), A.Charging()),
            ["a period is captured later"] = () =>
                Told(Charging(new(A.Begun(), Slowly())).Wait(TimeSpan.FromMinutes(2)), A.Charging()),
            ["a period is declined"] = () => Told(Charging(Declining(new(A.Begun()))), A.Charging()),
            ["the money comes"] = () => Told(First(descriptor: Money).Approve().Wait(TimeSpan.FromMinutes(1))),
            ["the money is missing"] = () => Told(First(descriptor: NoMoney).Approve().Wait(TimeSpan.FromMinutes(1))),
            ["refunded in full"] = () => Refunded(First().Approve(), A.Price.MinorUnits),
            ["refunded in part"] = () => Refunded(First().Approve(), 4_000),
            ["a refund that waits and is made"] = () => Refunded(First(Waiting()).Approve(), 4_000),
            ["a refund that waits and fails"] = () => Refunded(First(Waiting()).Approve(), 4_000, isDeclined: true),
            ["a refund that fails at once"] = () => Refunded(First().Approve(), 4_000, isDeclined: true),
            ["a refund whose money is sent"] = () =>
                Refunded(First().Approve(), 4_000, "fundsEventType=Sent;fundsEventScheduleDelay=10s"),
            ["a refund whose money is rejected"] = () =>
                Refunded(First().Approve(), 4_000, "fundsEventType=Rejected;fundsEventScheduleDelay=10s"),
            ["refunded in PPRO's portal"] = () => Told(First().Approve().RefundBy(4_000, "portal")),
            ["refunded twice in PPRO's portal"] = () =>
                Told(First().Approve().RefundBy(4_000, null).RefundBy(1_000, "portal")),
            ["refunded twice in PPRO's portal, under one name"] = () =>
                Told(First().Approve().RefundBy(4_000, "portal").RefundBy(1_000, "portal")),
            ["refunded in PPRO's portal, after a while"] = () =>
                Told(First(Waiting()).Approve().RefundBy(4_000, "portal").Wait(TimeSpan.FromHours(1))),
            ["refunded in PPRO's portal, and ended"] = () =>
                Told(
                    First().Approve().RefundBy(A.Price.MinorUnits, "portal").Do(it => it.EndFromOutside(IdOf(it), true))
                ),
        };

    private static (Heard, IReadOnlyList<PproEvent>) Told(Life life, Agreement? start = null) =>
        (new(start ?? life.Ours), life.Events);

    /// <summary>We know that the first charge is paid, and have asked for a refund whose answer was lost.</summary>
    private static (Heard, IReadOnlyList<PproEvent>) Refunded(
        Life life,
        long amount,
        string descriptor = "none",
        bool isDeclined = false
    )
    {
        if (isDeclined)
        {
            life.Books.Decline(NoFunds, null, 1, ofRefunds: true);
        }

        var charge = life.Charge;
        life.RefundBy(amount, "ours", descriptor).Wait(TimeSpan.FromHours(1));
        var active = life.Ours.Read(A.Says(AgreementStatus.Active) with { ProviderId = life.Id }, A.Morning);
        var captured = A.Captured(charge.Id) with { CaptureId = charge.CaptureId, CapturedAt = charge.CapturedAt };
        var paid = new Heard(life.Ours).After(active);
        paid = paid.After(paid.Agreement.Hear(paid.Charge, captured, A.Rules, A.Morning));
        var intent = new RefundIntent(Refund.IdOf(paid.Charge.Key, "ours"), "ours", "key", "{}"u8.ToArray());
        var claimed = paid.Agreement.ClaimRefund(paid.Charge, new(amount, "KRW"), intent, A.Morning);
        Assert.NotNull(claimed.Claim);
        return (paid.After(claimed), life.Events);
    }

    private static Life First(BooksSettings? settings = null, string descriptor = "Illustrator") =>
        new(A.WithInitialCharge(), settings, descriptor);

    private static Life Charging(Life life) => life.Approve().ChargeFor(A.Charging().Open[0]);

    private static Life Declining(Life life)
    {
        life.Books.Decline(NoFunds, null, 1);
        return life;
    }

    private static BooksSettings Slowly() => new() { AsyncCaptureAfter = TimeSpan.FromMinutes(1) };

    private static BooksSettings Waiting() => new() { PendingRefundFor = TimeSpan.FromMinutes(1) };

    private static string IdOf(PproBooks books) => books.Agreements.Single().Id;
}
