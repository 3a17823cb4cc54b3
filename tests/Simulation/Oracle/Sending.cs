using System.Text.Json.Nodes;

namespace Simulation.Tests;

/// <summary>Everything that leaves, or is to leave, under one reference of one agreement.</summary>
internal sealed class Sending(string agreement, string reference, string rowKey)
{
    public string Agreement => agreement;

    public string Reference => reference;

    public string RowKey => rowKey;

    /// <summary>The period that a scheduled charge is for; null for a single charge and for a refund.</summary>
    public DateOnly? Period { get; } = PeriodOf(rowKey);

    /// <summary>The how many-th attempt for its period.</summary>
    public int Number { get; } = PeriodOf(rowKey) is null ? 1 : int.Parse(rowKey.Split('-')[2], null);

    /// <summary>It travels with its agreement, and is sent when that is.</summary>
    public bool IsInitial { get; init; }

    /// <summary>What the shop asked for with it; null for what the schedule asks.</summary>
    public Wish? Wish { get; init; }

    public bool IsByHand => Wish is not null;

    /// <summary>When it was first written down as claimed.</summary>
    public DateTimeOffset? ClaimedAt { get; set; }

    /// <summary>On which day, by the clock of the host that claimed it first.</summary>
    public DateOnly? ClaimedOn { get; set; }

    /// <summary>PPRO has refused the request, and not the charge.</summary>
    public bool WasRefused { get; set; }

    /// <summary>When the first request left that may be at PPRO.</summary>
    public DateTimeOffset? FirstPostAt { get; set; }

    public string? Body { get; set; }

    public string? IdempotencyKey { get; set; }

    /// <summary>How much was asked for, in minor units; null while nothing has left.</summary>
    public long? Asked { get; set; }

    /// <summary>It was captured or declined, as far as we have heard.</summary>
    public bool IsDecided { get; set; }

    /// <summary>We have learnt which charge of PPRO's it is.</summary>
    public bool IsKnownAtPpro { get; set; }

    /// <summary>Its reference does not say whose it is.</summary>
    public bool IsNamedByShop => !Reference.StartsWith(Agreement, StringComparison.Ordinal);

    public bool IsRefund => RowKey.StartsWith("refund-", StringComparison.Ordinal);

    /// <param name="now">When it is written down.</param>
    /// <param name="at">When it was claimed, by the clock of the host that did; null when it was not.</param>
    public void Claimed(DateTimeOffset now, DateTimeOffset? at)
    {
        if (at is { } claimed)
        {
            ClaimedAt ??= now;
            ClaimedOn ??= Grid.DayAt(claimed);
        }
    }

    /// <summary>What is certainly not at PPRO has not left.</summary>
    public void Unsend() => FirstPostAt = null;

    public void Left(string key, string body, DateTimeOffset at)
    {
        (FirstPostAt, Body, IdempotencyKey) = (FirstPostAt ?? at, body, key);
        Asked = AskedIn(body);
    }

    /// <summary>A charge asks for an object, a refund for a number.</summary>
    private static long? AskedIn(string body) =>
        JsonNode.Parse(body)!["amount"] switch
        {
            JsonObject amount => (long?)amount["value"],
            { } amount => (long)amount,
            _ => null,
        };

    private static DateOnly? PeriodOf(string rowKey) =>
        rowKey.Split('-') is ["charge", var day, _] && DateOnly.TryParseExact(day, "yyyyMMdd", out var start)
            ? start
            : null;
}
