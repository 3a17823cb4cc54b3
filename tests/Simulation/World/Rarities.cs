using System.Globalization;
using System.Text.Json.Nodes;
using Billing;
using PproSimulator;

namespace Simulation.Tests;

/// <summary>
/// What only some histories have, each thing from a stream of its own, so that all the others go as they would without
/// it.
/// </summary>
internal static class Rarities
{
    private const int OfLives = 30;

    public static Plan AddTo(Plan plan) =>
        LongPlan.IsLong(plan.Seed) ? LongPlan.Of(plan) : TwinsOfShop.AddTo(AddToUsual(plan));

    private static Plan AddToUsual(Plan plan)
    {
        IReadOnlyList<LifePlan> lives =
        [
            .. plan.Lives.Select((life, number) => AddTo(life, Chance.Stream(plan.Seed, OfLives + number), plan)),
        ];
        var freshness = FreshnessOf(Chance.Stream(plan.Seed, 26), plan.Freshness);
        return plan with
        {
            Lives =
                SharesReference(plan.Seed) ? Sharing(lives, plan)
                : plan.Odd.Refusals is [{ Status: 400 }] ? Several(lives)
                : lives,
            Freshness = freshness,
            Webhooks = freshness < plan.Freshness ? new(1, 0, 0) : plan.Webhooks,
            Ppro = PproOf(plan, lives),
            StopsAtRecovery = plan.Weather.Stops is 0 && Chance.Stream(plan.Seed, 29).Is(0.3),
            ClosesExceptions = Chance.Stream(plan.Seed, 25).Is(0.85),
        };
    }

    private static TimeSpan FreshnessOf(Random random, TimeSpan usual) =>
        random.Is(0.2) ? TimeSpan.FromDays(random.Next(1, 4)) : usual;

    /// <summary>Where someone decides late, PPRO lets him.</summary>
    private static BooksSettings PproOf(Plan plan, IReadOnlyList<LifePlan> lives) =>
        plan.Ppro with
        {
            InactiveFor = InactiveOf(Chance.Stream(plan.Seed, 27)),
            ApprovalTimeout = lives.Any(Approvals.IsLate) ? TimeSpan.FromMinutes(180) : plan.Ppro.ApprovalTimeout,
        };

    private static TimeSpan? InactiveOf(Random random) =>
        random.Is(0.08) ? random.AnySize(TimeSpan.FromSeconds(10), TimeSpan.FromDays(1)) : null;

    /// <summary>Two agreements of this history have charges under one reference that their shop chose.</summary>
    public static bool SharesReference(int seed) => Chance.Stream(seed, 23).Is(0.06);

    private static LifePlan AddTo(LifePlan life, Random random, Plan plan)
    {
        var errands = new List<Errand>(life.Errands);
        life = Approvals.Of(life, random, errands);
        if (random.Is(0.1) && life.Request["initialPaymentCharge"] is { } initial)
        {
            initial["merchantPaymentChargeReference"] = $"first-{random.Next(1_000)}";
        }

        if (random.Is(0.12))
        {
            life = life with
            {
                DeclinesAfter = life.CreatedAfter + TimeSpan.FromSeconds(1),
                Declines = random.Next(1, 4),
            };
        }

        if (life.Frequency is not null)
        {
            AddChanges(errands, random, plan.Trouble);
        }

        if (plan.Odd.Oddities.Any(it => Oddity.OfRefunds.Contains(it.Oddity.Kind)))
        {
            errands.Add(new(ErrandKind.RefundAll, plan.Trouble * 0.6, random.Next(1, 1_000_000)));
        }

        if (
            life.Frequency is FrequencyType.Monthly
            && errands.Exists(it => it.Kind is ErrandKind.ChangeFrequencyAndBack)
        )
        {
            life = AtTheEndOfTheMonth(life, plan);
        }

        return (life.Frequency is not null && random.Is(0.15) ? Ending(life, random, plan) : life) with
        {
            Errands = errands,
        };
    }

    private static void AddChanges(List<Errand> errands, Random random, TimeSpan trouble)
    {
        (ErrandKind Kind, double Share)[] kinds =
        [
            (ErrandKind.RetryDeclined, 0.12),
            (ErrandKind.ChangeFrequencyAndBack, 0.1),
            (ErrandKind.ChangeEnd, 0.1),
            (ErrandKind.CancelAndTakeBack, 0.06),
        ];
        foreach (var (kind, share) in kinds)
        {
            var (after, number) = (trouble * random.NextDouble(), random.Next(1, 1_000_000));
            if (random.Is(share))
            {
                errands.Add(new(kind, kind is ErrandKind.RetryDeclined ? TimeSpan.Zero : after, number));
            }
        }
    }

    /// <summary>There a month's length shows whether its anchor has moved.</summary>
    private static LifePlan AtTheEndOfTheMonth(LifePlan life, Plan plan)
    {
        var first = new DateTimeOffset(plan.StartsAt.Year, plan.StartsAt.Month, 1, 10, 0, 0, Grid.Seoul);
        var last = first.AddMonths(1).AddDays(-1);
        if (last < plan.StartsAt + life.CreatedAfter)
        {
            return life;
        }

        life.Request["startDate"] = last.ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture);
        return life with { Anchor = DateOnly.FromDateTime(last.DateTime) };
    }

    /// <summary>At any hour, at midnight in Seoul, or a whole number of periods after its start.</summary>
    private static LifePlan Ending(LifePlan life, Random random, Plan plan)
    {
        var starts = life.Request["startDate"] is { } text
            ? DateTimeOffset.Parse((string)text!, CultureInfo.InvariantCulture)
            : plan.StartsAt + life.CreatedAfter;
        var any = starts + TimeSpan.FromDays(1) + (plan.Trouble * random.NextDouble());
        var end = random.Next(3) switch
        {
            0 => any,
            1 => new DateTimeOffset(Grid.DayAt(any).ToDateTime(default), Grid.Seoul),
            _ => After(starts, life.Frequency!.Value, random.Next(1, 6)),
        };
        life.Request["endDate"] = end.ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture);
        return life;
    }

    private static DateTimeOffset After(DateTimeOffset starts, FrequencyType frequency, int periods) =>
        frequency switch
        {
            FrequencyType.Daily => starts.AddDays(periods),
            FrequencyType.Weekly => starts.AddDays(7 * periods),
            _ => starts.ToOffset(Grid.Seoul).AddMonths(periods),
        };

    /// <summary>Where everything is refused there are enough agreements to tell it from the refusal of one.</summary>
    private static List<LifePlan> Several(IReadOnlyList<LifePlan> lives) =>
        [
            .. lives,
            .. Enumerable
                .Range(1, 3)
                .Select(it =>
                    lives[0] with
                    {
                        Key = $"{lives[0].Key}-{it}",
                        Request = (JsonObject)lives[0].Request.DeepClone(),
                        Errands = [],
                    }
                ),
        ];

    /// <summary>Both are charged under it at about the same time, some time after their approval.</summary>
    private static List<LifePlan> Sharing(IReadOnlyList<LifePlan> lives, Plan plan)
    {
        var random = Chance.Stream(plan.Seed, 24);
        var first = lives[0] with { DecidesAfter = TimeSpan.FromMinutes(1), Approves = true, RevokedAfter = null };
        var second = first with { Key = $"{first.Key}-too", Request = (JsonObject)first.Request.DeepClone() };
        var after = TimeSpan.FromHours(2) + (plan.Trouble * 0.7 * random.NextDouble());
        return [.. new[] { first, second }.Select(it => it with { Errands = [.. it.Errands, Shared()] })];

        Errand Shared() =>
            new(ErrandKind.ChargeShared, after + random.AnySize(TimeSpan.FromSeconds(1), TimeSpan.FromHours(20)), 1);
    }
}
