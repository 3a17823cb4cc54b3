using Billing;
using CsCheck;

namespace Unit.Tests.BillingTests;

public sealed class ChargeKeysTests
{
    [Fact]
    public void A_scheduled_charge_is_named_by_its_periods_start_and_its_attempt() =>
        Assert.Equal("20260215-3", ChargeKeys.Scheduled(A.Period(1), 3));

    [Fact]
    public void A_single_charge_is_named_by_what_its_caller_named_it()
    {
        Assert.Equal(ChargeKeys.SingleCharge("order 7"), ChargeKeys.SingleCharge("order 7"));
        Assert.NotEqual(ChargeKeys.SingleCharge("order 7"), ChargeKeys.SingleCharge("order 8"));
    }

    [Fact]
    public void The_reference_of_a_scheduled_charge_is_read_back() =>
        Gen.Select(Gen.String, Gen.Int[0, 900], Gen.Int[1, 999])
            .Sample(
                (name, number, attempt) =>
                {
                    var (id, key) = (AgreementId.FromKey(name), ChargeKeys.Scheduled(A.Period(number), attempt));
                    return ChargeKeys.ParseReference(ChargeKeys.Reference(id, key)) == (id, key);
                }
            );

    [Fact]
    public void The_reference_of_a_single_charge_is_read_back() =>
        Gen.Select(Gen.String, Gen.String)
            .Sample(
                (name, charge) =>
                {
                    var (id, key) = (AgreementId.FromKey(name), ChargeKeys.SingleCharge(charge));
                    return ChargeKeys.ParseReference(ChargeKeys.Reference(id, key)) == (id, key);
                }
            );

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("order 7")]
    [InlineData("abcdefghijklmnopqrstuvwxyz")]
    [InlineData("abcdefghijklmnopqrstuvwxyz-")]
    [InlineData("abcdefghijklmnopqrstuvwxyz-20260115")]
    [InlineData("abcdefghijklmnopqrstuvwxyz-20260115-")]
    [InlineData("abcdefghijklmnopqrstuvwxyz-20260115-1000")]
    [InlineData("abcdefghijklmnopqrstuvwxyz-2026011-1")]
    [InlineData("abcdefghijklmnopqrstuvwxyz-20260115-1-1")]
    [InlineData("abcdefghijklmnopqrstuvwxyz-s-short")]
    [InlineData("abcdefghijklmnopqrstuvwxyz/20260115-1")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ-20260115-1")]
    public void A_reference_of_the_shops_names_no_agreement(string? reference) =>
        Assert.Null(ChargeKeys.ParseReference(reference));

    [Fact]
    public void Any_text_can_be_asked_whether_it_is_a_reference() =>
        Gen.String.Sample(text => ChargeKeys.ParseReference(text) is null);
}
