using Billing;
using CsCheck;

namespace Unit.Tests.BillingTests;

/// <summary>
/// An agreement walked through four months by its agenda alone, with a PPRO that captures, declines, refuses, loses
/// requests and loses answers. The choices are CsCheck's, so a red walk can be replayed.
/// </summary>
public sealed class WalkLaws
{
    private static readonly Gen<byte[]> Choices = Gen.Byte.Array[50, 400];

    [Fact]
    public void No_period_is_captured_twice() =>
        Sample(walk => Assert.All(walk.Captured.CountBy(key => key[..8]), period => Assert.Equal(1, period.Value)));

    [Fact]
    public void What_PPRO_captured_is_what_we_recorded_or_still_read_back() =>
        Sample(walk =>
        {
            var recorded = walk.Captured.Where(key => walk.Agreement.FindOpen(key) is null);
            Assert.Equal(recorded.Count() * A.Price.MinorUnits, walk.Agreement.CapturedMinorUnits);
        });

    [Fact]
    public void Every_period_is_charged_or_skipped() =>
        Sample(walk =>
        {
            var plan = walk.Agreement.Plan;
            Assert.Equal(plan.Schedule!.NumberOn(BillingCalendar.DateAt(walk.Now)) + 1, plan.NextPeriod);
        });

    [Fact]
    public void Doubt_comes_to_an_end_once_PPRO_answers() =>
        Sample(walk =>
        {
            walk.IsPproWell = true;
            walk.Run(TimeSpan.FromDays(10));
            Assert.DoesNotContain(walk.Agreement.Open, attempt => walk.Now - attempt.CreatedAt > TimeSpan.FromDays(5));
        });

    private static void Sample(Action<Walk> judge) =>
        Choices.Sample(choices =>
        {
            var walk = new Walk(choices);
            walk.Run(TimeSpan.FromDays(120));
            judge(walk);
        });

    private sealed class Walk(byte[] choices)
    {
        private readonly Dictionary<string, ChargeReading> atPpro = [];
        private int chosen;

        public Agreement Agreement { get; private set; } =
            A.Planned(plan => plan with { Schedule = A.Every(FrequencyType.Weekly) });

        /// <summary>From then on nothing is lost any more, and what is pending is captured.</summary>
        public bool IsPproWell { get; set; }

        public DateTimeOffset Now { get; private set; } = A.Morning;

        public IEnumerable<string> Captured =>
            atPpro.Where(it => it.Value.Status is ChargeStatus.Captured).Select(it => it.Key);

        public void Run(TimeSpan length)
        {
            for (var end = Now + length; Now < end; )
            {
                Look();
                HaveSomeoneLook();
                var next = Agenda.NextLookAt(Agreement, A.Rules, Now)!.Value;
                Assert.True(next > Now, $"{Now:O}: looked, and the next look is {next:O}");
                Now = Choose(8) is 0 ? next.AddHours(Choose(256)) : next.AddSeconds(Choose(120));
            }

            Now = BillingCalendar.InstantAt(BillingCalendar.DateAt(Now).AddDays(1), new(12, 0));
            Look();
        }

        /// <summary>A person accepts what stops the charging, and it goes on.</summary>
        private void HaveSomeoneLook()
        {
            while (Agreement.Stops is [var stop, ..])
            {
                Keep(Agreement.AcceptStop(stop.Subject, stop.Reason));
                Look();
            }
        }

        private void Look()
        {
            for (var taken = 0; Agenda.DueStep(Agreement, A.Rules, Now) is { } step; taken++)
            {
                Assert.True(taken < 30, $"{Now:O}: {step} does not move on");
                Take(step);
                Assert.All(Agreement.Open.CountBy(it => it.Key[..8]), period => Assert.Equal(1, period.Value));
            }
        }

        private void Take(LookStep step)
        {
            switch (step)
            {
                case LookStep.Read:
                    Keep(Agreement.Read(A.Says(AgreementStatus.Active), Now));
                    break;
                case LookStep.Skip skip:
                    Keep(Agreement.Skip(skip.Through, skip.Reason, Now));
                    break;
                case LookStep.Charge charge:
                    Send(Agreement.Claim(charge.Due, Now));
                    break;
                case LookStep.Send send:
                    Send(Agreement.SendUnsent(send.Key, Now));
                    break;
                case LookStep.EndDunning:
                    Keep(Agreement.EndDunning(Now));
                    break;
                case LookStep.Drop drop:
                    Keep(Agreement.Drop(drop.Key, Now));
                    break;
                case LookStep.ReadBack back when Choose(4) is 0:
                    Keep(Agreement.Looked(back.Key, Now));
                    break;
                case LookStep.ReadBack back when atPpro.TryGetValue(back.Key, out var reading):
                    Keep(Agreement.Hear(Agreement.FindOpen(back.Key)!, Settled(back.Key, reading), A.Rules, Now));
                    break;
                case LookStep.ReadBack back:
                    Send(Agreement.Unfound(back.Key, Now));
                    break;
                default:
                    Assert.Fail($"{step}");
                    break;
            }
        }

        private void Send(Change change)
        {
            Keep(change);
            if (change.Claim is { } claim && Choose(8) is not 0) // otherwise we crashed before the request left
            {
                Assert.True(
                    claim.Sends > 1 || IsCurrent(claim.Key),
                    $"{Now:O}: {claim.Key} is sent for the first time"
                );
                var answer = Answer(claim.Key);
                if (Choose(8) is not 0) // otherwise we crashed before the answer was kept
                {
                    Keep(Agreement.Settle(Agreement.FindOpen(claim.Key)!, answer, claim, A.Rules, Now));
                }
            }
        }

        private Answer<ChargeReading> Answer(string key)
        {
            if (atPpro.TryGetValue(key, out var known))
            {
                return A.Said(known);
            }

            var choice = Choose(16);
            if (choice < 4)
            {
                return choice switch
                {
                    0 => A.Refused(RefusalKind.RateLimited),
                    1 => A.Refused(RefusalKind.Credentials),
                    2 => A.Refused(RefusalKind.Request),
                    _ => A.InDoubt(),
                };
            }

            atPpro[key] = choice switch
            {
                < 8 => A.Captured(key),
                < 13 => Declined(key),
                _ => A.Pending(key),
            };
            return Choose(4) is 0 ? A.InDoubt() : A.Said(atPpro[key]);
        }

        private ChargeReading Settled(string key, ChargeReading reading) =>
            atPpro[key] = reading.Status switch
            {
                ChargeStatus.Pending => Choose(3) switch
                {
                    0 => reading,
                    1 => Declined(key),
                    _ => A.Captured(key),
                },
                _ => reading,
            };

        private ChargeReading Declined(string key) =>
            A.Declined(Choose(3) is 0 ? "IS_STOLEN_CARD" : "INSUFFICIENT_FUNDS") with
            {
                ProviderId = key,
            };

        private bool IsCurrent(string key) =>
            Agreement.Plan.Schedule!.Period(Agreement.Plan.Schedule.NumberOn(BillingCalendar.DateAt(Now))).Name
            == key[..8];

        private void Keep(Change change) => Agreement = change.Agreement;

        /// <summary>Low numbers are the misfortunes.</summary>
        private int Choose(int count) =>
            IsPproWell ? count - 1 : (choices[chosen++ % choices.Length] + (chosen / choices.Length)) % count;
    }
}
