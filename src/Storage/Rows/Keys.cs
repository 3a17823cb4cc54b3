using System.Globalization;
using Billing;

namespace Storage;

/// <summary>
/// Every row key, built in one place. The partition is the agreement's id. Each kind has a prefix of its own, and none
/// begins with another's, so that no id from outside can take the key of another kind.
/// </summary>
public static class Keys
{
    public const string Agreement = "agreement";
    public const string CreateBody = "create";
    public const string ChargePrefix = "charge-";
    public const string SkipPrefix = "skip-";
    public const string EventPrefix = "event-";
    public const string MoneyPrefix = "money-";
    public const string OperationPrefix = "operation-";

    /// <summary>Where rows of schema 1 had them: among the events.</summary>
    internal const string MoneyPrefixBefore = EventPrefix + "money-";
    internal const string OperationPrefixBefore = EventPrefix + "op-";

    /// <summary>No row is longer than this; PPRO's ids are 21 characters.</summary>
    private const int MaxPlain = 64;

    /// <summary>Of keys made from what cannot be a key itself. An id that begins so is no key either.</summary>
    private const string HashPrefix = "hash-";
    private const string BytesPrefix = "bytes-";

    private const int TicksLength = 19;

    public static string Charge(string key) => ChargePrefix + key;

    public const string AnyRefundPrefix = "refund-";

    public static string RefundPrefix(string chargeKey) => $"{AnyRefundPrefix}{chargeKey}-";

    public static string Refund(string chargeKey, string id) => RefundPrefix(chargeKey) + id;

    public static string Event(string eventId) => EventPrefix + Safe(eventId);

    /// <summary>A capture's movement is its only one; a refund's are numbered from the second on.</summary>
    public static string Money(string chargeKey, string? refundId, int number = 1) =>
        (refundId, number) switch
        {
            (null, _) => MoneyPrefix + chargeKey,
            (_, 1) => $"{MoneyPrefix}{chargeKey}-{refundId}",
            _ => string.Create(CultureInfo.InvariantCulture, $"{MoneyPrefix}{chargeKey}-{refundId}-{number}"),
        };

    public static string Operation(string hash) => OperationPrefix + hash;

    public static string Reference(string reference) => "reference-" + ShortHash.Of(reference);

    public static string Skip(DateOnly from) => SkipPrefix + BillingPeriod.NameOf(from);

    /// <summary>The partition of its possible owners, for a reference that a shop chose.</summary>
    public static string ReferenceOf(string reference) => ShortHash.Of(reference);

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

    /// <summary>
    /// An id of someone else's, as it is where a key allows it, otherwise its hash. No two ids have one key.
    /// </summary>
    public static string Safe(string foreignId) =>
        IsSafe(foreignId) && !IsMade(foreignId) ? foreignId : HashPrefix + ShortHash.Of(foreignId);

    /// <summary>The key of what gives itself no id.</summary>
    public static string OfBytes(ReadOnlySpan<byte> bytes) => BytesPrefix + ShortHash.Of(Convert.ToBase64String(bytes));

    /// <summary>True for what may be a key of <see cref="Safe"/>: it fits a row and a path.</summary>
    public static bool IsSafe(string key) =>
        key.Length <= MaxPlain
        && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
        && key.Any(c => c is not '.');

    private static bool IsMade(string id) =>
        id.StartsWith(HashPrefix, StringComparison.Ordinal) || id.StartsWith(BytesPrefix, StringComparison.Ordinal);
}
