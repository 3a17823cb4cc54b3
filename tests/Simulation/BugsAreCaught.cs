using Xunit;
using Xunit.Abstractions;

namespace Simulation.Tests;

/// <summary>Deliberate bugs: a simulation that would not catch them proves nothing.</summary>
public sealed class BugsAreCaught(ITestOutputHelper output)
{
    private const int Seeds = 500;

    private static readonly IReadOnlyDictionary<string, Func<Tooth>> Teeth = new Dictionary<string, Func<Tooth>>
    {
        ["POST before the intent"] = () => new PostBeforeIntent(),
        ["new key on resend"] = () => new NewKeyOnResend(),
        ["timeout taken as failed"] = () => new TimeoutTakenAsFailed(),
        ["4xx to a resend taken as not executed"] = () => new RefusalOfResendTakenAsFailed(),
        ["resend without a claim"] = () => new ResendWithoutClaim(),
        ["resend without a search"] = () => new ResendWithoutSearch(),
        ["resend that ignores a cancel"] = () => new ResendIgnoresCancel(),
        ["resend after 20 h because a search was empty"] = () => new ResendAfterTwentyHours(),
        ["never happened believed after 16 h"] = () => new NeverHappenedTooSoon(),
        ["POST sent long after its claim"] = () => new PostLongAfterItsClaim(),
        ["timer deletes the wake-up before the put"] = () => new TimerDeletesBeforeItPuts(),
        ["look finishes before its successor is written"] = () => new LookFinishesBeforeItsSuccessor(),
        ["poison without re-arming"] = () => new PoisonNotRearmed(),
        ["event de-duplication dropped"] = () => new EventsNotDeduplicated(),
        ["an older event overwrites a newer state"] = () => new OlderEventOverwrites(),
        ["CAPTURE_FAILED taken as final"] = () => new CaptureFailedTakenAsFinal(),
        ["rolling month anchor"] = () => new RollingAnchor(),
        ["refund amount not reserved first"] = () => new RefundNotReserved(),
        ["an unsent attempt sent when its period is over"] = () => new UnsentNeverMissed(),
        ["the clock decides which period is next"] = () => new ClockDecidesThePeriod(),
        ["the order of events decides"] = () => new OrderOfEventsDecides(),
        ["captures not believed from reads"] = () => new CaptureNotBelievedFromReads(),
        ["parts of a cap not counted"] = () => new CapPartsNotCounted(),
        ["stop switch read once"] = () => new StopSwitchReadOnce(),
        ["one key for all attempts of a period"] = () => new KeyOfThePeriod(),
        ["a declined period tried again every day"] = () => new TriedAgainEveryDay(),
        ["a declined period given up"] = () => new NeverTriedAgain(),
        ["a change of the price forgotten"] = () => new PriceChangeForgotten(),
        ["a new price for a period that had begun"] = () => new NewPriceTooSoon(),
        ["a retry at the new price"] = () => new RetryAtTheNewPrice(),
        ["one charge too many"] = () => new OneChargeTooMany(),
        ["a period begun at the end"] = () => new EndIsADay(),
        ["a plan that is over never completed"] = () => new NeverCompleted(),
        ["a change taken back that leaves a trace"] = () => new ChangeTakenBackLeavesATrace(),
        ["closed on an event's word"] = () => new ClosedOnAnEvent(),
        ["an owed first charge kept"] = () => new OwedChargeKept(),
        ["a foreign search hit believed"] = () => new AnyHitBelieved(),
        ["the twin that failed believed"] = () => new FailedTwinBelieved(),
        ["the captured amount not compared"] = () => new CapturedAmountNotCompared(),
        ["the charging window ignored"] = () => new WindowIgnored(),
        ["freshness ignored"] = () => new FreshnessIgnored(),
        ["an exception not listed"] = () => new ExceptionNotListed(),
        ["an exception listed for good"] = () => new ExceptionListedForGood(),
        ["no second opinion"] = () => new NoSecondOpinion(),
        ["a person's stop lifted by itself"] = () => new RecoveryDecidesOnWhatItSaw(),
        ["a late failure of a refund not heard"] = () => new LateFailureNotHeard(),
        ["a refund that PPRO wants later forgotten"] = () => new LaterRefundForgotten(),
        ["a refused period given up"] = () => new RefusedGivenUp(),
        ["a retry by hand that uses up the days"] = () => new HandsUseUpTheDays(),
        ["a cancel that was taken back"] = () => new CancelNotTakenBack(),
        ["events of money thrown away"] = () => new MoneyThrownAway(),
        ["a captured twin only calls for a person"] = () => new TwinBooksNothing(),
        ["a retry of a paid period sent again"] = () => new RetryOfPaidPeriodSent(),
        ["a second opinion of that agreement only"] = () => new OpinionOfThatAgreementOnly(),
        ["resend that ignores the end"] = () => new ResendIgnoresEnd(),
    };

    public static TheoryData<string> Bugs => [.. Teeth.Keys];

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_deliberate_bug_is_caught(string bug)
    {
        var caught = Fleet.FirstBroken(Enumerable.Range(0, Seeds), seed => History.OfSeed(seed, Teeth[bug]()));

        Assert.True(caught is not null, $"{bug}: not caught within {Seeds} seeds");
        Assert.Null(Fleet.FirstBroken([caught.Seed], seed => History.WithoutBug(seed, Teeth[bug]())));
        output.WriteLine($"{bug}: caught by seed {caught.Seed}: {caught.Violation}");
    }
}
