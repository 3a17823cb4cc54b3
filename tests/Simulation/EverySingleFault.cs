using Billing;
using Xunit;

namespace Simulation.Tests;

/// <summary>
/// One whole life (create, approve, three periods with one decline, refund, cancel), and in it every fault that can
/// happen at every effect, one at a time.
/// </summary>
public sealed class EverySingleFault
{
    private static readonly DateTimeOffset Start = new(2026, 1, 30, 20, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_scripted_life_goes_as_it_is_written()
    {
        var count = new EffectCount();
        var verdict = Fleet.RunOne(() => History.Run(Scripted() with { KeepsTimeline = true }, count));

        Assert.Null(verdict.Violation);
        Assert.InRange(count.Effects.Count, 150, 600);
        Assert.All(
            ["POST /v1/payment-agreements", "/refunds", "/revocations", "AUTHORIZATION_FAILED", "REFUND_SUCCEEDED"],
            word => Assert.Contains(verdict.Timeline, line => line.Contains(word, StringComparison.Ordinal))
        );
    }

    [Fact]
    public void No_single_fault_at_any_effect_breaks_a_promise()
    {
        var count = new EffectCount();
        Fleet.RunOne(() => History.Run(Scripted(), count));
        List<(int Effect, Fault Fault)> faults =
        [
            .. count.Effects.SelectMany((kind, index) => OneFault.At(kind).Select(fault => (index + 1, fault))),
        ];

        List<string> broken = [];
        Fleet.Run(
            faults,
            it =>
            {
                var verdict = History.Run(Scripted(), new OneFault(it.Effect, it.Fault));
                if (verdict.Violation is { } violation)
                {
                    lock (broken)
                    {
                        broken.Add($"{it.Fault.Kind} at effect {it.Effect}: {violation}");
                    }
                }

                return verdict;
            }
        );

        Assert.True(broken.Count is 0, string.Join('\n', broken.Order()));
    }

    /// <summary>Anchored on the 31st, so that the months' lengths matter too.</summary>
    internal static Plan Scripted()
    {
        var random = new Random(1);
        var request = LifePlan.RequestOf(random, FrequencyType.Monthly, null);
        request.Remove("initialPaymentCharge");
        request.Remove("maxCharges");
        return new()
        {
            Seed = 1,
            StartsAt = Start,
            Trouble = TimeSpan.FromDays(75),
            Hosts = 1,
            Lives =
            [
                new()
                {
                    Key = "scripted",
                    Frequency = FrequencyType.Monthly,
                    Request = request,
                    CreatedAfter = TimeSpan.FromMinutes(1),
                    DecidesAfter = TimeSpan.FromMinutes(2),
                    DeclinesAfter = TimeSpan.FromDays(20),
                    Errands =
                    [
                        new(ErrandKind.RefundSome, TimeSpan.FromDays(65), 1),
                        new(ErrandKind.Cancel, TimeSpan.FromDays(70), 2),
                    ],
                },
            ],
        };
    }
}
