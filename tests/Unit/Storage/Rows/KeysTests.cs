using Billing;
using CsCheck;
using Storage;

namespace Unit.Tests.StorageTests;

/// <summary>
/// Keys of different kinds, and of different ids of one kind, never meet, whatever ids come from outside (the README's
/// promise 11).
/// </summary>
public sealed class KeysTests
{
    private static readonly Gen<string> Hash = Gen.Int[0, 3].Select(it => ShortHash.Of($"{it}"));

    private static readonly Gen<string> ChargeKey = Gen.OneOf(
        Hash.Select(it => "s-" + it),
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 12]).Select((day, attempt) => $"2026010{day}-{attempt}")
    );

    private static readonly Gen<(string Kind, string Key)> Ours = Gen.OneOf(
        Gen.Const(("agreement", Keys.Agreement)),
        Gen.Const(("create", Keys.CreateBody)),
        ChargeKey.Select(it => ($"charge {it}", Keys.Charge(it))),
        Gen.Select(ChargeKey, Hash).Select((charge, id) => ($"refund {charge} {id}", Keys.Refund(charge, id))),
        ChargeKey.Select(it => ($"captured {it}", Keys.Money(it, null))),
        Gen.Select(ChargeKey, Hash).Select((charge, id) => ($"refunded {charge} {id}", Keys.Money(charge, id))),
        Hash.Select(it => ($"operation {it}", Keys.Operation(it))),
        Hash.Select(it => ($"reference {it}", Keys.Reference(it))),
        Gen.Int[1, 9].Select(it => ($"skip {it}", Keys.Skip(new(2026, 1, it))))
    );

    /// <summary>
    /// Ids as others choose them: among them the very keys of ours, in whole and in part, and their hashes.
    /// </summary>
    private static readonly Gen<string> ForeignId = Gen.OneOf(
        Gen.Select(OneOf("money-", "op-", "hash-", "bytes-", "operation-", "event-", ""), Ours)
            .Select((prefix, ours) => prefix + ours.Key),
        Gen.Select(OneOf("money-", "op-", "hash-", "bytes-", "operation-", ""), Gen.OneOf(ChargeKey, Hash))
            .Select((prefix, key) => prefix + key),
        Gen.Select(OneOf("hash-", "bytes-"), OneOf("a b", "/", "hash-", "가", ""))
            .Select((prefix, id) => prefix + ShortHash.Of(id)),
        OneOf("a b", "/", "hash-", "가", "", ".", "..", "a", "A", new string('a', 64), new string('a', 65)),
        Gen.String[0, 3]
    );

    private static readonly Gen<(string Kind, string Key)> All = Gen.OneOf(
        Ours,
        ForeignId.Select(it => ($"event {it}", Keys.Event(it)))
    );

    private static readonly string[] Prefixes =
    [
        Keys.ChargePrefix,
        Keys.AnyRefundPrefix,
        Keys.EventPrefix,
        Keys.MoneyPrefix,
        Keys.OperationPrefix,
        Keys.SkipPrefix,
        "reference-",
        Keys.Agreement,
        Keys.CreateBody,
    ];

    [Fact]
    public void Keys_of_different_kinds_or_ids_never_meet() =>
        Gen.Select(All, All).Sample((one, other) => one.Kind == other.Kind == (one.Key == other.Key), iter: 200_000);

    [Fact]
    public void A_key_is_in_the_range_of_its_own_kind_only() =>
        All.Sample(
            it => Prefixes.Count(prefix => it.Key.StartsWith(prefix, StringComparison.Ordinal)) is 1,
            iter: 20_000
        );

    [Fact]
    public void Every_key_fits_a_row() =>
        All.Sample(
            it =>
            {
                TableLimits.CheckKeys(new("partition", it.Key));
            },
            iter: 20_000
        );

    [Fact]
    public void Two_events_or_an_event_and_bytes_that_are_none_never_meet_in_quarantine()
    {
        var kept = Gen.OneOf(
            ForeignId.Select(it => ($"event {it}", Keys.Safe(it))),
            OneOf("a b", "/", "hash-", "").Select(it => ($"bytes {it}", Keys.OfBytes(Bytes(it))))
        );

        Gen.Select(kept, kept)
            .Sample((one, other) => one.Item1 == other.Item1 == (one.Item2 == other.Item2), iter: 200_000);
    }

    [Fact]
    public void Every_safe_id_may_come_back_in_a_path() =>
        ForeignId.Sample(it => Keys.IsSafe(Keys.Safe(it)) && Keys.Safe(it).Trim('.').Length > 0, iter: 20_000);

    [Theory]
    [InlineData("Ev7hQ2mXk9LpT4sZb1WcR")]
    [InlineData("a.b-c_d")]
    public void An_ordinary_id_stays_as_it_is(string id) => Assert.Equal(id, Keys.Safe(id));

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("가")]
    public void What_cannot_stand_in_a_path_is_no_safe_key(string key) => Assert.False(Keys.IsSafe(key));

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(it => texts[it]);

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
