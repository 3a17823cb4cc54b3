using Billing;
using CsCheck;

namespace Unit.Tests.BillingTests;

public sealed class NamesTests
{
    [Fact]
    public void A_hash_is_26_characters_of_lower_case_base_32() =>
        Gen.String.Sample(text =>
            ShortHash.Of(text) is { Length: 26 } hash && hash.All(c => c is (>= 'a' and <= 'z') or (>= '2' and <= '7'))
        );

    [Theory] // the first 16 bytes of SHA-256 in RFC 4648's base 32, computed by another program
    [InlineData("", "4oymiquy7qobjgx36tejs35zeq")]
    [InlineData("abc", "xj4bnp4pahh6uqkbidpf3lrcem")]
    [InlineData("가", "mtxffe6tdpcyw4wxnlu2q2uqfy")]
    public void A_hash_never_changes(string text, string hash) => Assert.Equal(hash, ShortHash.Of(text));

    [Fact]
    public void The_same_key_always_means_the_same_agreement() =>
        Gen.String.Sample(key => AgreementId.FromKey(key) == AgreementId.FromKey(key));

    [Fact]
    public void Another_key_means_another_agreement() =>
        Gen.Select(Gen.String.AlphaNumeric, Gen.String.AlphaNumeric)
            .Where((one, other) => one != other)
            .Sample((one, other) => AgreementId.FromKey(one) != AgreementId.FromKey(other));

    [Fact]
    public void An_id_is_read_back() =>
        Gen.String.Sample(key => AgreementId.Parse(AgreementId.FromKey(key).ToString()) == AgreementId.FromKey(key));

    [Fact]
    public void A_random_id_is_an_id_and_another_each_time()
    {
        Assert.True(AgreementId.TryParse(AgreementId.Random().Value, out _));
        Assert.NotEqual(AgreementId.Random(), AgreementId.Random());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("abcdefghijklmnopqrstuvwxy")]
    [InlineData("abcdefghijklmnopqrstuvwxyz2")]
    [InlineData("Abcdefghijklmnopqrstuvwxyz")]
    [InlineData("abcdefghijklm/opqrstuvwxyz")]
    [InlineData("abcdefghijklmnopqrstuvwxyé")]
    public void Anything_else_is_no_id(string? text) => Assert.False(AgreementId.TryParse(text, out _));

    [Fact]
    public void Our_names_of_refunds_are_ours_and_each_is_another()
    {
        var first = Refund() with { Reference = RefundNames.Of(A.Id, "20260115-1", "key:x") };
        var second = first with { Id = "second", FirstId = first.Id, Number = 2 };
        string[] names =
        [
            first.Reference,
            RefundNames.OfOwed(A.Id, "20260115-1"),
            RefundNames.OfNext(A.Id, first),
            RefundNames.OfNext(A.Id, second),
            RefundNames.Of(A.Id, "s-" + ShortHash.Of("x"), "key:x"),
        ];

        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.All(names, name => Assert.True(RefundNames.IsOurs(name), name));
        Assert.EndsWith($"-r-{first.Id}-2", names[2], StringComparison.Ordinal);
        Assert.EndsWith($"-r-{first.Id}-3", names[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("X")]
    [InlineData("X-2")] // a shop's own retry
    [InlineData("X-r-2")]
    [InlineData("-r-2")]
    public void A_shops_name_of_a_refund_is_none_of_ours(string? name) => Assert.False(RefundNames.IsOurs(name));

    [Fact]
    public void A_shops_refund_that_is_named_like_PPROs_id_of_another_is_another() =>
        Assert.NotEqual(
            Billing.Refund.IdOf("20260115-1", "refund_1"),
            Billing.Refund.AdoptedIdOf("20260115-1", "refund_1")
        );

    [Fact]
    public void What_PPRO_wants_later_never_takes_a_name_that_a_shop_may_use()
    {
        var shops = Refund() with { Reference = "X" };

        Assert.True(RefundNames.IsOurs(RefundNames.OfNext(A.Id, shops)));
    }

    private static Refund Refund() =>
        new()
        {
            Id = ShortHash.Of("refund"),
            ChargeKey = "20260115-1",
            ChargeProviderId = "chr_1",
            Amount = A.Price,
            Reference = "X",
            IdempotencyKey = "k",
            CreatedAt = A.Morning,
            State = RefundState.Deferred,
        };

    [Fact]
    public void What_is_no_id_cannot_be_made_one() => Assert.Throws<FormatException>(() => AgreementId.Parse("abc"));
}
