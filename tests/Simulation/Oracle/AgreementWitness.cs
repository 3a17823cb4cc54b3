using System.Text.Json;
using Azure.Data.Tables;
using Billing;

namespace Simulation.Tests;

/// <summary>One agreement's row over time: what it may never do, whatever happens.</summary>
internal sealed class AgreementWitness(World world, string id)
{
    private AgreementStatus? status;
    private bool isEnding;
    private (DateOnly Anchor, string Frequency)? schedule;
    private int nextPeriod;

    public string Id => id;

    public HashSet<string> Events { get; } = [];

    /// <summary>The days on which periods started that were taken: charged or skipped.</summary>
    public List<DateOnly> Taken { get; } = [];

    /// <summary>The day on which the first period starts that is not taken yet.</summary>
    public DateOnly? NextDay => schedule is { } set ? Grid.Day(set.Anchor, set.Frequency, nextPeriod) : null;

    public bool MayCharge { get; private set; }

    public AgreementReads Reads { get; } = new();

    /// <summary>PPRO's id of it, once we have heard it.</summary>
    public string? ProviderId { get; private set; }

    /// <summary>We wanted it ended, and had not heard until then that it was active.</summary>
    public bool EndedBeforeSeenActive { get; private set; }

    /// <summary>Since when the schedule is paused.</summary>
    public DateTimeOffset? PausedAt { get; private set; }

    public void Committed(TableEntity row)
    {
        AgreementStatus? now = row.GetString("Status") is { } word ? Enum.Parse<AgreementStatus>(word) : null;
        if (now < status || (status is not null && now is null) || (status?.IsFinal() is true && now != status))
        {
            world.Violate($"{id} moved from {status} back to {now}");
        }

        if (now != status && now is { } heard && !HasBeen(Flows.Words.Of(heard)))
        {
            world.Violate($"{id} is {now}, which it never was at PPRO");
        }

        NoteEnding(row, now);
        NoteProvider(row);
        status = now;
        MayCharge = status is AgreementStatus.Active && !isEnding && !Stopped.Is(row);
        ReadPlan(row.GetString("Plan")!);
    }

    private void NoteEnding(TableEntity row, AgreementStatus? now)
    {
        var ending = row.GetString("Ending");
        if (isEnding && ending is null)
        {
            world.Violate($"{id} was ending, and is no longer");
        }

        if (!isEnding && ending is not null)
        {
            EndedBeforeSeenActive = status is not >= AgreementStatus.Active && now is not >= AgreementStatus.Active;
            var isExpired = ending.Contains("ApprovalExpired", StringComparison.Ordinal);
            if (isExpired && ProviderId is not null && !Reads.LetClose(row.GetDateTimeOffset("CreatedAt")!.Value))
            {
                world.Violate($"{id} was closed as not approved, and no read at the deadline or later had said so");
            }
        }

        isEnding = ending is not null;
    }

    private void NoteProvider(TableEntity row)
    {
        var now = row.GetString("ProviderId");
        if (ProviderId is not null && now != ProviderId)
        {
            world.Violate($"{id} was {ProviderId} at PPRO, and is {now}");
        }

        ProviderId = now;
    }

    /// <summary>How many periods later than the one that starts on this day is the one at this time.</summary>
    public int PeriodsSince(string day, DateTimeOffset at)
    {
        if (schedule is not { } set || !DateOnly.TryParseExact(day, "yyyyMMdd", out var start))
        {
            return 0;
        }

        var today = Grid.DayAt(at);
        var later = 0;
        for (var number = 0; Grid.Day(set.Anchor, set.Frequency, number) is var next && next <= today; number++)
        {
            later += next > start ? 1 : 0;
        }

        return later;
    }

    /// <summary>Invariant 14: a status is PPRO's word, and nobody else's.</summary>
    private bool HasBeen(string word)
    {
        var theirs = world.Books.Agreements.Where(it => it.Reference == id);
        return theirs.Any(it =>
            word is "INITIALIZING" || it.Status == word || it.History.Exists(entry => (string?)entry["status"] == word)
        );
    }

    private void ReadPlan(string json)
    {
        using var document = JsonDocument.Parse(json);
        var plan = document.RootElement;
        PausedAt = plan.TryGetProperty(nameof(PausedAt), out var paused) ? paused.GetDateTimeOffset() : null;
        if (!plan.TryGetProperty("Schedule", out var set))
        {
            return;
        }

        var anchor = DateOnly.Parse(set.GetProperty("Anchor").GetString()!, null);
        var frequency = set.GetProperty("Frequency").GetString()!;
        var next = plan.GetProperty("NextPeriod").GetInt32();
        if (schedule is not { } known)
        {
            var life = world.Lives.FirstOrDefault(it => it.Id.Value == id)?.Plan;
            if (life?.Anchor is { } wanted && wanted != anchor)
            {
                world.Violate($"{id} has its anchor on {anchor:O}, not on {wanted:O}");
            }

            Take(anchor, frequency, 0, next);
        }
        else if (known == (anchor, frequency))
        {
            Take(anchor, frequency, nextPeriod, next);
        }
        else if (frequency == known.Frequency || anchor != Grid.Day(known.Anchor, known.Frequency, nextPeriod))
        {
            world.Violate($"{id} moved its anchor from {known.Anchor:O} to {anchor:O}");
        }

        (schedule, nextPeriod) = ((anchor, frequency), next);
    }

    private void Take(DateOnly anchor, string frequency, int from, int to)
    {
        if (to < from)
        {
            world.Violate($"{id} went back from period {from} to {to}");
        }

        for (var number = from; number < to; number++)
        {
            Taken.Add(Grid.Day(anchor, frequency, number));
        }
    }
}

/// <summary>The days on which periods start, counted here by the calendar alone.</summary>
internal static class Grid
{
    public static TimeSpan Seoul { get; } = TimeSpan.FromHours(9);

    /// <summary>The day in Seoul.</summary>
    public static DateOnly DayAt(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(Seoul).Date);

    /// <param name="anchor">The first day of period 0.</param>
    /// <param name="frequency">As rows have it: <c>1 Monthly</c>.</param>
    /// <param name="number">Of the period.</param>
    public static DateOnly Day(DateOnly anchor, string frequency, int number) =>
        frequency.Split(' ') switch
        {
            [var interval, "Daily"] => anchor.AddDays(number * int.Parse(interval, null)),
            [var interval, "Weekly"] => anchor.AddDays(7 * number * int.Parse(interval, null)),
            [var interval, "Monthly"] => anchor.AddMonths(number * int.Parse(interval, null)),
            [var interval, _] => anchor.AddYears(number * int.Parse(interval, null)),
            _ => throw new FormatException(frequency),
        };
}
