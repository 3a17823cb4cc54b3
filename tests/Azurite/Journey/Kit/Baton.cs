using Billing;
using Storage;

namespace Azurite.Tests.JourneyTests;

/// <summary>Is an agreement's next look in hand?</summary>
public static class Baton
{
    /// <summary>
    /// Null when it is over, or has a wake-up in time: no later than its row says, or than the nearest one of others may be.
    /// Messages are the caller's to ask for.
    /// </summary>
    public static async Task<string?> WhyLostAsync(World world, AgreementId id, TimeSpan mayBeLateBy = default)
    {
        if (await world.FindAsync(id) is not { } agreement || IsOver(agreement))
        {
            return null;
        }

        if (agreement.NextLookAt is not { } next)
        {
            return "it is not over, and its row names no next look";
        }

        var nearest = world.Clock.GetUtcNow() + WakeUps.Nearest;
        var latest = Keys.MinuteNotBefore((next > nearest ? next : nearest) + mayBeLateBy);
        var wakeUps = await world.WakeUpsOfAsync(id);
        return wakeUps.Any(at => at <= latest)
            ? null
            : $"the baton is lost: no wake-up until {latest:u}, but [{string.Join(", ", wakeUps)}]";
    }

    public static async Task VerifyAsync(World world, AgreementId id)
    {
        if (await WhyLostAsync(world, id) is { } why)
        {
            Assert.Fail(why);
        }
    }

    /// <summary>Nothing can come of it any more. An agreement that PPRO never confirmed and that is closed is over.</summary>
    private static bool IsOver(Agreement agreement) =>
        agreement.OpenRefunds.IsEmpty
        && agreement.Open.All(it => it.State is AttemptState.Waiting)
        && (agreement.Status?.IsFinal() is true || agreement is { Ending: not null, Provider.Id: null });
}
