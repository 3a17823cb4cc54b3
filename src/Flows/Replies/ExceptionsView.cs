using Billing;
using Storage;

namespace Flows.Replies;

/// <summary>A page of what a person has to look at, by agreement.</summary>
public sealed record ExceptionsView(IReadOnlyList<ExceptionView> Exceptions)
{
    public string? NextPageToken { get; init; }

    /// <summary>What operators did here, the newest first; on the first page only.</summary>
    public IReadOnlyList<OperatorActionView>? Actions { get; init; }
}

/// <summary>One thing of one agreement. <c>id</c> is its address.</summary>
/// <param name="Id">Its address.</param>
/// <param name="Agreement">Whose it is.</param>
/// <param name="Subject">A charge, a refund, <c>sums</c>, or <c>agreement</c>.</param>
/// <param name="Reason">What is wrong, in words.</param>
/// <param name="StopsCharging">The agreement's charging is stopped by it, until it is closed.</param>
/// <param name="RaisedAt">Since when it is known.</param>
/// <param name="SeenAt">When it was last found to be so.</param>
/// <param name="AgeInDays">Whole days since it was raised.</param>
public sealed record ExceptionView(
    string Id,
    string Agreement,
    string Subject,
    string Reason,
    bool StopsCharging,
    DateTimeOffset RaisedAt,
    DateTimeOffset SeenAt,
    int AgeInDays
)
{
    /// <summary>In answer to a close: the agreement is charged from now on.</summary>
    public bool? ChargingGoesOn { get; init; }

    /// <summary>In answer to a close: other reasons that still stop it; each is an exception of its own.</summary>
    public IReadOnlyList<StopReasonView>? StillStoppedBy { get; init; }

    /// <summary>One that was just closed, and what is so with its agreement now.</summary>
    public static ExceptionView OfClosed(ExceptionEntry entry, DateTimeOffset now, Agreement? agreement) =>
        Of(entry, now) with
        {
            ChargingGoesOn = agreement?.MayCharge,
            StillStoppedBy = agreement is null
                ? null
                : [.. agreement.Stops.Select(it => new StopReasonView(it.Subject, it.Reason, it.At))],
        };

    public static ExceptionView Of(ExceptionEntry entry, DateTimeOffset now) =>
        new(
            entry.Key,
            entry.Agreement.Value,
            entry.Subject,
            entry.Reason,
            entry.StopsCharging,
            entry.RaisedAt,
            entry.SeenAt,
            (now - entry.RaisedAt).Days
        );
}

/// <summary>One reason that stops an agreement's charging, and since when.</summary>
public sealed record StopReasonView(string Subject, string Reason, DateTimeOffset Since);
