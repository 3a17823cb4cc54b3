using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>Names that rows and PPRO's books hold for years, and what a person reads when a text is none.</summary>
public sealed class NamesThatStayTests
{
    [Theory] // SHA-256 of "create-agreement", a line feed and the key, computed by another program
    [InlineData("a key", "ifv55ky26ogvsfxfd5lgkqesba")]
    [InlineData("order-1001", "jxvfbz7upeix6hqq3j4f4fyhwq")]
    public void A_callers_key_always_stands_for_the_same_agreement(string key, string id) =>
        Assert.Equal(id, AgreementId.FromKey(key).Value);

    [Theory] // likewise of the charge's key, a line feed and the refund's name
    [InlineData("20260115-1", "R-1", "a2ft74eiydxl6xg2ee3rfzrtwi")]
    [InlineData("20260215-1", "R-1", "fq3na6624xoztkqtlufaxaqsoq")]
    [InlineData("20260115-1", "R-2", "rlncvy6krprgc357rldpyl4hke")]
    public void A_refund_is_always_found_by_its_charge_and_its_name(string charge, string name, string id) =>
        Assert.Equal(id, Refund.IdOf(charge, name));

    [Fact]
    public void The_refund_of_a_late_first_charge_says_so_in_its_name() =>
        Assert.Equal($"{A.Id}-20260115-1-r-late", RefundNames.OfOwed(A.Id, "20260115-1"));

    [Theory]
    [InlineData("abc")]
    [InlineData(null)]
    public void What_is_no_id_is_read_as_none(string? text)
    {
        Assert.False(AgreementId.TryParse(text, out var id));
        Assert.Equal(string.Empty, id.Value);
    }

    [Fact]
    public void What_is_no_id_is_said_to_be_none() =>
        Assert.Equal("Not an agreement id.", Assert.Throws<FormatException>(() => AgreementId.Parse("abc")).Message);

    [Theory]
    [InlineData("s-abcdefghijklmnopqrstuvwxyz", true)]
    [InlineData("s-abcdefghijklmnopqrstuvwxy_", false)]
    [InlineData("20260115-12", true)]
    [InlineData("2026011x-12", false)]
    [InlineData("20260115-1x", false)]
    public void Every_character_of_a_charges_name_counts(string key, bool isKey)
    {
        var reference = ChargeKeys.Reference(A.Id, key);

        Assert.Equal(isKey, ChargeKeys.IsKey(key));
        Assert.Equal(isKey ? (A.Id, key) : null, ChargeKeys.ParseReference(reference));
    }

    [Fact]
    public void What_is_no_currency_is_said_to_be_none() =>
        Assert.Equal(
            "'krw' is not an ISO 4217 code. (Parameter 'currency')",
            Assert.Throws<ArgumentException>(() => new Money(1, "krw")).Message
        );

    [Fact]
    public void KakaoPay_is_approved_by_redirect_and_captured_with_the_charge() =>
        Assert.Equal(
            ("REDIRECT", false),
            (MethodRules.KakaoPay.AuthenticationType, MethodRules.KakaoPay.HasSeparateCaptures)
        );

    [Fact]
    public void A_text_is_cut_only_when_it_is_too_long_and_never_within_a_character()
    {
        const string Smile = "\ud83d\ude00";

        Assert.Equal("abc", Texts.Cut("abc", 3));
        Assert.Equal("abc", Texts.Cut("abcd", 3));
        Assert.Equal("ab", Texts.Cut("ab" + Smile, 3));
        Assert.Equal("ab" + Smile, Texts.Cut("ab" + Smile + "c", 4));
        Assert.Equal("ab\ud83d", Texts.Cut("ab\ud83d", 3)); // it fits, whatever it is
    }
}
