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
    public void What_is_no_id_cannot_be_made_one() => Assert.Throws<FormatException>(() => AgreementId.Parse("abc"));
}
