using System.Globalization;
using System.Text.Json.Nodes;
using Billing;
using Flows.Replies;
using Flows.Shop;
using PproSimulator;

namespace Simulation.Tests;

/// <summary>What the shop does with its agreement, each under a key of its own.</summary>
internal sealed class Errands(World world, Life life, Shop shop)
{
    private const int Tries = 5;
    private static readonly TimeSpan Refundable = TimeSpan.FromDays(364);

    /// <summary>Why the shop lets a period go.</summary>
    public const string ReasonOfSkip = "a gift";

    private static readonly byte[] SkipBody = Life.Bytes(new JsonObject { ["reason"] = ReasonOfSkip });

    public async Task RunAsync(Errand errand)
    {
        var key = $"{errand.Kind}-{errand.Number}";
        await (
            errand.Kind switch
            {
                ErrandKind.Charge => ChargeAsync(errand, key),
                ErrandKind.ChargeShared => ChargeSharedAsync(errand, key),
                ErrandKind.ChargeTwin => ChargeTwinAsync(errand, key),
                ErrandKind.RetryDeclined => RetryDeclinedAsync(errand, key),
                ErrandKind.ChangeFrequencyAndBack => ChangeAndBackAsync(errand, key),
                ErrandKind.ChangeEnd => ChangeEndAsync(errand, key),
                ErrandKind.CancelAndTakeBack => CancelAndTakeBackAsync(errand, key),
                ErrandKind.RefundAll => RefundAsync(it => it.Amount.Value, errand, key),
                ErrandKind.RefundSome => RefundAsync(it => (it.Amount.Value / 3) + 1, errand, key),
                ErrandKind.Cancel => CancelAsync("NOW", key),
                ErrandKind.CancelAtPeriodEnd => CancelAsync("PERIOD_END", key),
                ErrandKind.ChangePrice => ChangeAsync("amount", Won(5_000 + (errand.Number % 1_000)), key),
                ErrandKind.ChangeFrequency => ChangeAsync("frequency", new JsonObject { ["type"] = "WEEKLY" }, key),
                ErrandKind.Pause => InsistAsync(
                    "pause",
                    new(errand.Kind),
                    host => host.Get<PauseAgreement>().PauseAsync(life.Id.Value, key, default)
                ),
                ErrandKind.RetryPeriod => PeriodAsync(
                    "retry",
                    errand,
                    (host, day) => host.Get<RetryPeriod>().RunAsync(life.Id.Value, day, key, default)
                ),
                ErrandKind.SkipPeriod => PeriodAsync(
                    "skip",
                    errand,
                    (host, day) => host.Get<SkipPeriod>().RunAsync(life.Id.Value, day, SkipBody, key, default)
                ),
                _ => InsistAsync(
                    "resume",
                    new(errand.Kind),
                    host => host.Get<PauseAgreement>().ResumeAsync(life.Id.Value, key, default)
                ),
            }
        );
    }

    private Task ChargeAsync(Errand errand, string key)
    {
        var request = new JsonObject { ["amount"] = Won(1_000 + (errand.Number % 500)) };
        if (errand.Number % 3 is 0)
        {
            request["merchantPaymentChargeReference"] = $"order-{errand.Number}";
        }
        else if (errand.Number % 3 is 1 && DayOf(errand) is { } day)
        {
            request["forPeriod"] = day.ToString("O", CultureInfo.InvariantCulture);
        }

        var body = Life.Bytes(request);
        var name = request.ContainsKey("forPeriod") ? "charge a period" : "charge";
        return InsistAsync(
            name,
            new(errand.Kind, request),
            host => host.Get<CreateCharge>().RunAsync(life.Id.Value, body, key, default)
        );
    }

    private async Task ChargeSharedAsync(Errand errand, string key)
    {
        var reference = $"everyones-order-{errand.Number}";
        await ChargeUnderAsync(reference, errand, key);
        if (world.Ledger.SendingsUnder(reference).Count() > 1)
        {
            world.Timeline.Count(Happening.ReferenceShared);
        }
    }

    private Task ChargeTwinAsync(Errand errand, string key)
    {
        world.Books.Expect(new(TwinsOfShop.KindOf(errand.Number)), 1);
        return ChargeUnderAsync($"twin-order-{errand.Number}", errand, key);
    }

    private Task ChargeUnderAsync(string reference, Errand errand, string key)
    {
        var request = new JsonObject { ["amount"] = Won(2_000), ["merchantPaymentChargeReference"] = reference };
        var body = Life.Bytes(request);
        return InsistAsync(
            "charge",
            new(errand.Kind, request),
            host => host.Get<CreateCharge>().RunAsync(life.Id.Value, body, key, default)
        );
    }

    /// <summary>Of some captured charge; twice, to see that no more goes back than came.</summary>
    private async Task RefundAsync(Func<SimCharge, long> howMuch, Errand errand, string key)
    {
        SimCharge[] captured = [.. world.Books.Charges.Where(it => it.IsCaptured && it.Agreement == life.AtPpro)];
        if (captured is [])
        {
            return;
        }

        var charge = captured[errand.Number % captured.Length];
        if (world.Ledger.KeyOf(life.Id.Value, charge.Reference!) is not { } chargeKey)
        {
            return;
        }

        var body = Life.Bytes(new JsonObject { ["amount"] = howMuch(charge) });
        for (var time = 1; time <= 2; time++)
        {
            var reply = await InsistAsync(
                "refund",
                new(errand.Kind),
                host => host.Get<RefundCharge>().RunAsync(life.Id.Value, chargeKey, body, $"{key}-{time}", default)
            );
            life.Heard(reply, chargeKey);
            if (world.Time.Now - charge.CapturedAt > Refundable)
            {
                world.Timeline.Count(Happening.RefundTooLate);
            }

            await shop.WaitAsync(TimeSpan.FromSeconds(1 + (errand.Number % 200_000)));
        }
    }

    private async Task CancelAsync(string when, string key)
    {
        var request = new JsonObject { ["when"] = when, ["reason"] = key };
        var body = Life.Bytes(request);
        var reply = await InsistAsync(
            "cancel",
            new(ErrandKind.Cancel, request),
            host => host.Get<CancelAgreement>().RunAsync(life.Id.Value, body, key, default)
        );
        if (reply is { Status: 200 } && life.AtPpro is { Status: "AUTHENTICATION_PENDING" or "INITIALIZING" })
        {
            world.Timeline.Count(Happening.CancelledDuringApproval);
        }

        if (reply is { Status: 200 } && await world.Store.FindAsync(life.Id, default) is { } agreement)
        {
            life.CancelledAt ??= agreement.IsEnded ? world.Time.Now : null;
            if (!agreement.IsEnded && agreement.Plan.Cancel is null)
            {
                world.Violate($"a cancel of {life.Plan.Key} was accepted and is not there");
            }
        }
    }

    private Task PeriodAsync(string name, Errand errand, Func<Host, string, Task<Reply>> call)
    {
        if (DayOf(errand) is not { } start)
        {
            return Task.CompletedTask;
        }

        var day = BillingPeriod.NameOf(start);
        return InsistAsync(name, new(errand.Kind), host => call(host, day));
    }

    /// <summary>One of the last periods that were begun, or the one that comes; null without a schedule.</summary>
    private DateOnly? DayOf(Errand errand)
    {
        if (world.Ledger.Of(life.Id)?.Calendar is not { } calendar)
        {
            return null;
        }

        DateOnly[] days = [.. calendar.Taken.TakeLast(2), calendar.Next];
        return days[errand.Number % days.Length];
    }

    /// <summary>Looks for a declined period twice a day.</summary>
    private async Task RetryDeclinedAsync(Errand errand, string key)
    {
        for (var time = 1; time <= 30; time++)
        {
            await shop.WaitAsync(TimeSpan.FromHours(8 + (errand.Number % 7)));
            if (DeclinedDay() is { } day)
            {
                await InsistAsync(
                    "retry",
                    new(ErrandKind.RetryPeriod),
                    host => host.Get<RetryPeriod>().RunAsync(life.Id.Value, day, $"{key}-{time}", default)
                );
            }
        }
    }

    /// <summary>The period whose last charge was declined, if that is the last one begun.</summary>
    private string? DeclinedDay() =>
        world.Ledger.Of(life.Id)?.Calendar is { Taken: [.., var last] }
        && world.Ledger.SendingsOf(life.Id.Value).Where(it => it.Period == last).MaxBy(it => it.Number) is { } latest
        && world.Books.Charges.FirstOrDefault(it => it.Reference == latest.Reference) is { Status: "FAILED" }
            ? BillingPeriod.NameOf(last)
            : null;

    private async Task ChangeAndBackAsync(Errand errand, string key)
    {
        if (life.Plan.Frequency is not { } usual)
        {
            return;
        }

        var other = usual is FrequencyType.Weekly ? FrequencyType.Daily : FrequencyType.Weekly;
        await ChangeAsync("frequency", new JsonObject { ["type"] = Words.Of(other) }, key);
        await shop.WaitAsync(TimeSpan.FromMinutes(1 + (errand.Number % 4_000)));
        await ChangeAsync("frequency", new JsonObject { ["type"] = Words.Of(usual) }, $"{key}-back");
    }

    private Task ChangeEndAsync(Errand errand, string key)
    {
        var end = world.Time.Now.AddHours(errand.Number % 500);
        return (errand.Number % 4) switch
        {
            0 => ChangeAsync("maxCharges", null, key),
            1 => ChangeAsync("maxCharges", 1 + (errand.Number % 6), key),
            2 => ChangeAsync("endDate", null, key),
            _ => ChangeAsync("endDate", end.ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture), key),
        };
    }

    private async Task CancelAndTakeBackAsync(Errand errand, string key)
    {
        await CancelAsync("PERIOD_END", key);
        await shop.WaitAsync(TimeSpan.FromMinutes(1 + (errand.Number % 4_000)));
        await InsistAsync(
            "uncancel",
            new(ErrandKind.CancelAndTakeBack),
            host => host.Get<UncancelAgreement>().RunAsync(life.Id.Value, $"{key}-back", default)
        );
    }

    private Task ChangeAsync(string field, JsonNode? value, string key)
    {
        var request = new JsonObject { [field] = value };
        var body = Life.Bytes(request);
        return InsistAsync(
            "change",
            new(ErrandKind.ChangePrice, request),
            host => host.Get<ChangeSchedule>().RunAsync(life.Id.Value, body, key, default)
        );
    }

    private async Task<Reply?> InsistAsync(string name, Wish wish, Func<Host, Task<Reply>> call)
    {
        var reply = await shop.InsistAsync(name, Tries, call, wish);
        if (reply is { Status: >= 200 and < 300 } && Counted(name) is { } happening)
        {
            world.Timeline.Count(happening);
        }

        return reply;
    }

    private static Happening? Counted(string name) =>
        name switch
        {
            "refund" => Happening.Refunded,
            "cancel" => Happening.Cancelled,
            "pause" => Happening.Paused,
            "resume" => Happening.Resumed,
            "change" => Happening.TermsChanged,
            "retry" => Happening.PeriodRetried,
            "charge a period" => Happening.PeriodChargedByHand,
            "skip" => Happening.PeriodSkipped,
            "uncancel" => Happening.CancelTakenBack,
            _ => null,
        };

    private static JsonObject Won(long value) => new() { ["value"] = value, ["currency"] = "KRW" };
}
