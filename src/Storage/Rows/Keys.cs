using System.Globalization;
using Billing;

namespace Storage;

/// <summary>Every row key, built in one place. The partition is the agreement's id.</summary>
public static class Keys
{
    public const string Agreement = "agreement";
    public const string CreateBody = "create";
    public const string ChargePrefix = "charge-";
    public const string SkipPrefix = "skip-";
    public const string EventPrefix = "event-";

    /// <summary>No row is longer than this; PPRO's ids are 21 characters.</summary>
    private const int MaxPlain = 64;

    private const int TicksLength = 19;

    public static string Charge(string key) => ChargePrefix + key;

    public const string AnyRefundPrefix = "refund-";

    public static string RefundPrefix(string chargeKey) => $"{AnyRefundPrefix}{chargeKey}-";

    public static string Refund(string chargeKey, string id) => RefundPrefix(chargeKey) + id;

    public static string Event(string eventId) => EventPrefix + Safe(eventId);

    public const string MoneyPrefix = EventPrefix + "money-";

    /// <summary>A capture's movement is its only one; a refund's are numbered from the second on.</summary>
    public static string Money(string chargeKey, string? refundId, int number = 1) =>
        (refundId, number) switch
        {
            (null, _) => MoneyPrefix + chargeKey,
            (_, 1) => $"{MoneyPrefix}{chargeKey}-{refundId}",
            _ => string.Create(CultureInfo.InvariantCulture, $"{MoneyPrefix}{chargeKey}-{refundId}-{number}"),
        };

    public static string Operation(string hash) => "event-op-" + hash;

    public static string Reference(string reference) => "reference-" + ShortHash.Of(reference);

    public static string Skip(DateOnly from) => SkipPrefix + BillingPeriod.NameOf(from);

    /// <summary>The hint table's partition for a reference that a shop chose.</summary>
    public static string ReferenceHint(string reference) => ShortHash.Of(reference);

    /// <summary>The directory's partition: a month in UTC.</summary>
    public static string Month(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMM", CultureInfo.InvariantCulture);

    /// <summary>Within its month the newest agreement sorts first.</summary>
    public static string NewestFirst(DateTimeOffset createdAt, AgreementId id) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{DateTimeOffset.MaxValue.UtcTicks - createdAt.UtcTicks:D19}-{id}"
        );

    /// <summary>The moment that a key of <see cref="NewestFirst"/> counts down from.</summary>
    public static DateTimeOffset CreatedAtOf(string newestFirst) =>
        new(
            DateTimeOffset.MaxValue.UtcTicks
                - long.Parse(newestFirst.AsSpan(0, TicksLength), CultureInfo.InvariantCulture),
            TimeSpan.Zero
        );

    /// <summary>Minutes in UTC sort by time.</summary>
    public static string Minute(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);

    public static DateTimeOffset MinuteOf(string key) =>
        DateTimeOffset.ParseExact(key, "yyyyMMddHHmm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>The first whole minute that is not before this instant: a wake-up never comes early.</summary>
    public static DateTimeOffset MinuteNotBefore(DateTimeOffset at)
    {
        var minute = TimeSpan.TicksPerMinute;
        return new((at.UtcTicks + minute - 1) / minute * minute, TimeSpan.Zero);
    }

    /// <summary>An id of someone else's, as it is where a key allows it, otherwise its hash.</summary>
    public static string Safe(string foreignId) =>
        foreignId.Length <= MaxPlain && foreignId.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? foreignId
            : "hash-" + ShortHash.Of(foreignId);
}
