using PproSimulator;

namespace Simulation.Tests;

/// <summary>Lets the odd things of a plan happen.</summary>
internal static class OddWeather
{
    public static void Plan(World world)
    {
        var (odd, trouble) = (world.Plan.Odd, world.Plan.Trouble);
        foreach (var (at, oddity, count) in odd.Oddities)
        {
            world.Time.After(trouble * at, () => world.Books.Expect(oddity, count));
        }

        if (odd.LaterRefunds > 0)
        {
            var later = new SimFailure("PROVIDER_DECLINE", "RETRY_REFUND_LATER", "Later", true);
            world.Books.Decline(later, null, odd.LaterRefunds, ofRefunds: true);
        }

        if (odd.RefundsTwins)
        {
            world.Time.After(trouble * 0.9, () => PortalRefunds.RefundTwins(world));
        }

        foreach (var refusal in odd.Refusals)
        {
            world.Time.After(trouble * refusal.At, () => Refuse(world, refusal));
        }

        if (odd.Lag > TimeSpan.Zero)
        {
            world.Time.After(trouble / 3, () => LagBehind(world, odd.Lag));
            world.Time.After(trouble * 2 / 3, () => world.Books.LagBehind(TimeSpan.Zero));
        }

        if (odd.LongWords > 0)
        {
            var words = new string('\uc2e4', odd.LongWords);
            var decline = new SimFailure("PROVIDER_DECLINE", "INSUFFICIENT_FUNDS", words, true);
            world.Time.After(trouble / 2, () => world.Books.Decline(decline, null, 2));
        }
    }

    /// <summary>What really happened of it, for the count of all that can go wrong.</summary>
    public static void Count(World world)
    {
        foreach (var charge in world.Books.Charges)
        {
            Count(world, charge.IsTwin, Happening.TwinCharged);
            Count(world, charge.IsTwin && IsNamedByShop(charge), Happening.TwinOfShopCharged);
            Count(world, charge.IsCaptured && charge.Captured != charge.Amount, Happening.CapturedOther);
            Count(world, Oddly.IsCapturedAfterAll(charge), Happening.CapturedAfterAll);
            Count(world, charge.Failure?.Message.Length > 1_000, Happening.LongWordsOfPpro);
            Count(
                world,
                charge.Refunds.Exists(it => it is { SucceededAt: not null, Status: "FAILED" }),
                Happening.RefundFailedLater
            );
            Count(world, charge.Funds.ContainsValue("REFUND_FUNDS_REJECTED"), Happening.RefundFundsRejected);
        }

        foreach (var agreement in world.Books.Agreements)
        {
            Count(world, agreement.Revocations.Count > 1, Happening.RevocationFailedAgain);
        }
    }

    private static bool IsNamedByShop(SimCharge charge) =>
        charge.Reference?.StartsWith(charge.Agreement.Reference!, StringComparison.Ordinal) is false;

    private static void Count(World world, bool isSo, Happening happening)
    {
        if (isSo)
        {
            world.Timeline.Count(happening);
        }
    }

    private static void LagBehind(World world, TimeSpan lag)
    {
        world.Timeline.Count(Happening.ReadsLagBehind);
        world.Timeline.Say("PPRO", $"reads of agreements lag behind by {lag}");
        world.Books.LagBehind(lag);
    }

    /// <summary>All requests, or those about the first agreement that PPRO has.</summary>
    private static void Refuse(World world, PlannedRefusal refusal)
    {
        var life = world.Lives.Find(it => it.AtPpro is not null);
        var agreement = refusal.Status is 403 ? life?.AtPpro?.Id : null;
        if (refusal.Status is 403 && agreement is null)
        {
            return;
        }

        world.Timeline.Count(
            refusal.Status switch
            {
                400 => Happening.EverythingRefused,
                401 => Happening.CredentialsRefused,
                _ when refusal.ReadsToo => Happening.OneAgreementUnread,
                _ => Happening.OneAgreementRefused,
            }
        );
        world.Timeline.Say("PPRO", $"answers {refusal.Status} for {refusal.Lasts}, to {agreement ?? "all"}");
        world.Books.Refuse(refusal.Status, refusal.Lasts, agreement, refusal.ReadsToo);
    }
}
