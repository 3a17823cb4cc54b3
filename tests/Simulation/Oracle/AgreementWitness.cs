using System.Text.Json;
using Azure.Data.Tables;
using Billing;

namespace Simulation.Tests;

/// <summary>One agreement's row over time: what it may never do, whatever happens.</summary>
internal sealed class AgreementWitness(World world, string id)
{
    private AgreementStatus? status;
    private bool isEnding;

    public string Id => id;

    public HashSet<string> Events { get; } = [];

    /// <summary>Null without a frequency.</summary>
    public OwnCalendar? Calendar { get; private set; }

    public bool MayCharge { get; private set; }

    public AgreementReads Reads { get; } = new();

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When PPRO last said anything of it.</summary>
    public DateTimeOffset HeardAt { get; set; } = world.Time.Now;

    /// <summary>PPRO's id of it, once we have heard it.</summary>
    public string? ProviderId { get; private set; }

    /// <summary>Since when we want it ended.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>We wanted it ended, and had not heard until then that it was active.</summary>
    public bool EndedBeforeSeenActive { get; private set; }

    /// <summary>Since when the schedule is paused.</summary>
    public DateTimeOffset? PausedAt { get; private set; }

    /// <summary>Before anything else: what it is from its first row on.</summary>
    public void Begun(TableEntity row)
    {
        CreatedAt = row.GetDateTimeOffset("CreatedAt")!.Value;
        Calendar ??= CalendarOf(world, id, row);
    }

    public void Committed(TableEntity row)
    {
        AgreementStatus? now = row.GetString("Status") is { } word ? Enum.Parse<AgreementStatus>(word) : null;
        if (now < status || (status is not null && now is null) || (status?.IsFinal() is true && now != status))
        {
            world.Violate($"{id} moved from {status} back to {now}");
        }

        if (now != status && now is { } heard && !HasBeen(Flows.Replies.Words.Of(heard)))
        {
            world.Violate($"{id} is {now}, which it never was at PPRO");
        }

        NoteEnding(row, now);
        NoteProvider(row);
        status = now;
        MayCharge = status is AgreementStatus.Active && !isEnding && !Stopped.Is(row);
        ReadPause(row.GetString("Plan")!);
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
            EndedAt = world.Time.Now;
            EndedBeforeSeenActive = status is not >= AgreementStatus.Active && now is not >= AgreementStatus.Active;
            if (
                ending.Contains("PlanCompleted", StringComparison.Ordinal)
                && world.Lives.Find(it => it.Id.Value == id) is { } life
            )
            {
                Completed.JudgeEnding(world, life, this);
            }

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
    public int PeriodsSince(string day, DateTimeOffset at) =>
        Calendar is { } calendar && DateOnly.TryParseExact(day, "yyyyMMdd", out var start)
            ? calendar.PeriodsBetween(start, Grid.DayAt(at))
            : 0;

    /// <summary>The README's promise 14: a status is PPRO's word, and nobody else's.</summary>
    private bool HasBeen(string word)
    {
        var theirs = world.Books.Agreements.Where(it => it.Reference == id);
        return theirs.Any(it =>
            word is "INITIALIZING" || it.Status == word || it.History.Exists(entry => (string?)entry["status"] == word)
        );
    }

    private void ReadPause(string json)
    {
        using var document = JsonDocument.Parse(json);
        PausedAt = document.RootElement.TryGetProperty(nameof(PausedAt), out var paused)
            ? paused.GetDateTimeOffset()
            : null;
    }

    /// <summary>The anchor is the shop's start date, or else the day on which it was made.</summary>
    private static OwnCalendar? CalendarOf(World world, string id, TableEntity row)
    {
        if (world.Lives.Find(it => it.Id.Value == id)?.Plan is not { Frequency: { } type } plan)
        {
            return null;
        }

        var anchor = plan.Anchor ?? Grid.DayAt(row.GetDateTimeOffset("CreatedAt")!.Value);
        return new(anchor, $"1 {type}");
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
