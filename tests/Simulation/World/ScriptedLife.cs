using Billing;

namespace Simulation.Tests;

/// <summary>One whole life: create, approve, three periods with one decline, refund, cancel.</summary>
internal static class ScriptedLife
{
    private static readonly DateTimeOffset Start = new(2026, 1, 30, 20, 0, 0, TimeSpan.Zero);

    /// <summary>Every fault that can happen at every effect.</summary>
    public static IReadOnlyList<PlannedFault> SingleFaults()
    {
        var seen = new PlannedFaults();
        Fleet.RunOne(() => History.Run(Plan(), seen));
        return
        [
            .. seen.Effects.SelectMany(
                (effect, index) => PossibleFaults.At(effect).Select(fault => new PlannedFault(index + 1, fault))
            ),
        ];
    }

    public static Verdict Run(params PlannedFault[] faults) =>
        History.Run(Plan(), new PlannedFaults(faults)) with
        {
            Pair = string.Join(',', faults),
        };

    /// <summary>Anchored on the 31st, so that the months' lengths matter too.</summary>
    public static Plan Plan()
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
