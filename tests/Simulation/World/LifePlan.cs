using System.Globalization;
using System.Text.Json.Nodes;
using Billing;

namespace Simulation.Tests;

/// <summary>One agreement as the shop and the consumer mean it to go.</summary>
internal sealed record LifePlan
{
    public required string Key { get; init; }

    public required JsonObject Request { get; init; }

    public FrequencyType? Frequency { get; init; }

    /// <summary>How many periods before the current one may still be charged.</summary>
    public int CatchUp => (int?)Request["catchUp"] ?? 0;

    /// <summary>The first day of the first period, when the shop named one.</summary>
    public DateOnly? Anchor { get; init; }

    public TimeSpan CreatedAfter { get; init; }

    /// <summary>Null for a consumer who never decides.</summary>
    public TimeSpan? DecidesAfter { get; init; }

    public bool Approves { get; init; } = true;

    /// <summary>When the consumer ends it in KakaoPay, if ever.</summary>
    public TimeSpan? RevokedAfter { get; init; }

    /// <summary>During the how many-th charge the consumer ends it, if during any.</summary>
    public int? RevokedDuringCharge { get; init; }

    /// <summary>When PPRO declines the next charges, if ever; and how many.</summary>
    public TimeSpan? DeclinesAfter { get; init; }

    public int Declines { get; init; } = 1;

    public IReadOnlyList<Errand> Errands { get; init; } = [];

    public static LifePlan Of(
        Random random,
        int number,
        FrequencyType frequency,
        DateTimeOffset startsAt,
        TimeSpan trouble
    )
    {
        var isScheduled = random.Is(0.85);
        var start = random.Is(0.4) ? startsAt.AddDays(random.Next(0, 4)) : (DateTimeOffset?)null;
        if (start is not null && frequency is FrequencyType.Monthly && random.Is(0.6))
        {
            start = new(startsAt.Year, startsAt.Month, 1, 0, 0, 0, TimeSpan.FromHours(9));
            start = start.Value.AddMonths(1).AddDays(-1 - random.Next(0, 2));
            start = start < startsAt ? null : start;
        }

        var created = random.AnySize(TimeSpan.FromSeconds(1), TimeSpan.FromHours(20));
        start = start < startsAt + created ? null : start;
        return new()
        {
            Key = $"life-{number}-{random.Next(100_000)}",
            Frequency = isScheduled ? frequency : null,
            Anchor = start is { } at ? DateOnly.FromDateTime(at.UtcDateTime.AddHours(9)) : null,
            Request = RequestOf(random, isScheduled ? frequency : null, start),
            CreatedAfter = created,
            DecidesAfter = random.Is(0.93) ? random.AnySize(TimeSpan.FromSeconds(5), TimeSpan.FromHours(2)) : null,
            Approves = random.Is(0.95),
            RevokedAfter = random.Is(0.2) ? trouble * random.NextDouble() : null,
            RevokedDuringCharge = random.Is(0.15) ? random.Next(1, 5) : null,
            Errands = [.. Enumerable.Range(0, random.Next(0, 9)).Select(_ => Errand.Of(random, trouble))],
        };
    }

    /// <summary>A request for an agreement that is right.</summary>
    public static JsonObject RequestOf(Random random, FrequencyType? frequency, DateTimeOffset? start)
    {
        var request = new JsonObject
        {
            ["paymentMethod"] = "KAKAOPAY",
            ["consumer"] = new JsonObject { ["name"] = "Kim", ["country"] = "KR" },
            ["amount"] = new JsonObject { ["value"] = 9_900, ["currency"] = "KRW" },
            ["authenticationSettings"] = new JsonArray(
                new JsonObject
                {
                    ["type"] = "REDIRECT",
                    ["settings"] = new JsonObject { ["returnUrl"] = "https://shop.example/return" },
                }
            ),
        };
        if (frequency is { } type)
        {
            request["frequency"] = new JsonObject { ["type"] = Flows.Replies.Words.Of(type) };
            if (random.Is(0.2))
            {
                request["maxCharges"] = random.Next(1, 4);
            }

            if (random.Is(0.2))
            {
                request["catchUp"] = random.Next(1, 4);
            }
        }

        if (start is { } at)
        {
            request["startDate"] = at.ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture);
        }

        if (random.Is(0.3))
        {
            request["initialPaymentCharge"] = new JsonObject
            {
                ["amount"] = new JsonObject { ["value"] = 101, ["currency"] = "KRW" },
            };
        }

        return request;
    }
}

/// <summary>Something that the shop does with an agreement, some time after its approval.</summary>
internal sealed record Errand(ErrandKind Kind, TimeSpan After, int Number)
{
    public static Errand Of(Random random, TimeSpan trouble) =>
        new(
            random.Pick(
                ErrandKind.Charge,
                ErrandKind.Charge,
                ErrandKind.RefundAll,
                ErrandKind.RefundAll,
                ErrandKind.RefundSome,
                ErrandKind.Pause,
                ErrandKind.Resume,
                ErrandKind.Cancel,
                ErrandKind.CancelAtPeriodEnd,
                ErrandKind.ChangePrice,
                ErrandKind.ChangeFrequency,
                ErrandKind.RetryPeriod,
                ErrandKind.SkipPeriod,
                ErrandKind.SkipPeriod
            ),
            trouble * random.NextDouble(),
            random.Next(1, 1_000_000)
        );
}

internal enum ErrandKind
{
    Charge,
    RefundAll,
    RefundSome,
    Pause,
    Resume,
    Cancel,
    CancelAtPeriodEnd,
    ChangePrice,
    ChangeFrequency,
    RetryPeriod,
    SkipPeriod,

    /// <summary>A charge under a reference that another agreement's charge has too.</summary>
    ChargeShared,

    /// <summary>A charge under a reference that the shop chose, of which PPRO makes two.</summary>
    ChargeTwin,

    /// <summary>Tries a period again by hand, soon after it was declined; several times.</summary>
    RetryDeclined,

    /// <summary>Another frequency, and that of before again, perhaps before it took effect.</summary>
    ChangeFrequencyAndBack,

    /// <summary>Another end, or another number of charges, or none.</summary>
    ChangeEnd,

    /// <summary>A cancel at the end of the period, and it is taken back.</summary>
    CancelAndTakeBack,
}
