using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ppro;

namespace Unit.Tests.PproTests;

/// <summary>
/// PPRO's two signatures (docs/ppro.md, Webhooks: signature). The worked example is recomputed by:
/// printf '%s.%s' 1741176995 "$body" | openssl dgst -sha256 -hmac demo_signing_secret_0001
/// and the deprecated header's by: printf '%s.%s' "$body" demo_signing_secret_0001 | sha256sum
/// </summary>
public sealed class VerifyingSignatures
{
    private const string Secret = "demo_signing_secret_0001";
    private const string Worked = "t=1741176995,s=10ffddd0c9b7e5e15bce9d834e4633e39288cea10aca380e539b1d8211a5d465";
    private const string Legacy = "1dcf5f46db50d5ae9cbb036fc61fe656ae9f46fb0658b2117ad28083e49384a0";
    private static readonly DateTimeOffset SignedAt = DateTimeOffset.FromUnixTimeSeconds(1741176995);

    private static readonly byte[] Body = Encoding.UTF8.GetBytes(
        """{"specversion":"1.0.2","source":"https://www.ppro.com","datacontenttype":"application/json","id":"Ev7hQ2mXk9LpT4sZb1WcR","type":"PAYMENT_AGREEMENT_ACTIVE","subject":"agr_123456789","time":"2025-03-05T12:16:35.000Z","data":{"type":"PAYMENT_AGREEMENT_ACTIVE","paymentAgreementId":"agr_123456789","paymentAgreementStatus":"ACTIVE","paymentMethod":"KAKAOPAY","merchantPaymentAgreementReference":"SUB-0001","merchantId":"merch_demo_0001"}}"""
    );

    [Fact]
    public void The_worked_example_is_valid() => Assert.Equal(SignatureVerdict.Valid, Verify(Body, Worked));

    [Fact]
    public void The_worked_example_in_Korean_is_valid() =>
        Assert.Equal(
            SignatureVerdict.Valid,
            Verify(
                """{"name":"김카카오"}"""u8.ToArray(),
                "t=1741176995,s=80790f1b17fb7c13c7bd998a86690ff2e98908cb73ad697aea05a2c8d09d565e"
            )
        );

    [Fact]
    public void A_changed_status_is_a_forgery()
    {
        var changed = Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(Body).Replace("\"ACTIVE\"", "\"FAILED\"", StringComparison.Ordinal)
        );

        Assert.Equal(SignatureVerdict.Forged, Verify(changed, Worked));
    }

    [Fact]
    public void A_body_that_was_written_anew_has_another_signature()
    {
        var pretty = Encoding.UTF8.GetBytes(
            JsonNode.Parse(Body)!.ToJsonString(new() { WriteIndented = true, NewLine = "\n" })
        );

        Assert.Equal(SignatureVerdict.Forged, Verify(pretty, Worked));
        Assert.Equal(
            SignatureVerdict.Valid,
            Verify(pretty, "t=1741176995,s=037fdb5e23385974190dd69eb768da1dfa0eaeb2d8839fbaf6edd51007adfe17")
        );
    }

    [Fact]
    public void A_wrong_signature_is_not_rescued_by_a_right_one_of_the_deprecated_kind()
    {
        var on = Rules([Secret]) with { AcceptLegacy = true };
        var forged = "t=1741176995,s=" + new string('a', 64);

        Assert.Equal(SignatureVerdict.Forged, WebhookSignature.Verify(Body, forged, Legacy, on, SignedAt));
    }

    [Theory]
    [InlineData("t=1741176995,s=3e9d4f6c8a7e39aa9f2c58ae4d7527903773cf7b6c20ba51cc5f14b3142eaba5")]
    [InlineData("t=1741176995,s=037fdb5e23385974190dd69eb768da1dfa0eaeb2d8839fbaf6edd51007adfe17")]
    [InlineData("t=1741176996,s=10ffddd0c9b7e5e15bce9d834e4633e39288cea10aca380e539b1d8211a5d465")]
    public void A_digest_of_other_bytes_or_another_time_is_a_forgery(string header) =>
        Assert.Equal(SignatureVerdict.Forged, Verify(Body, header));

    [Fact]
    public void Upper_case_digits_unknown_keys_and_a_second_signature_are_fine()
    {
        var header = Worked.Replace("s=10ff", "v=9, s=" + new string('a', 64) + ", s=10FF", StringComparison.Ordinal);

        Assert.Equal(SignatureVerdict.Valid, Verify(Body, header));
    }

    [Fact]
    public void While_a_secret_is_rotated_both_are_valid()
    {
        var rules = Rules(["a_new_test_secret", Secret]);

        Assert.Equal(SignatureVerdict.Valid, WebhookSignature.Verify(Body, Worked, null, rules, SignedAt));
        Assert.Equal(
            SignatureVerdict.Valid,
            WebhookSignature.Verify(
                Body,
                WebhookSignature.Sign(Body, "a_new_test_secret", SignedAt),
                null,
                rules,
                SignedAt
            )
        );
    }

    [Theory]
    [InlineData(72 * 60, SignatureVerdict.Valid)]
    [InlineData((72 * 60) + 1, SignatureVerdict.TooOld)]
    [InlineData(-5, SignatureVerdict.Valid)]
    [InlineData(-6, SignatureVerdict.FromTheFuture)]
    public void The_age_has_two_limits(int minutesOld, SignatureVerdict verdict) =>
        Assert.Equal(
            verdict,
            WebhookSignature.Verify(Body, Worked, null, Rules([Secret]), SignedAt.AddMinutes(minutesOld))
        );

    [Fact]
    public void An_old_forgery_is_a_forgery() =>
        Assert.Equal(
            SignatureVerdict.Forged,
            WebhookSignature.Verify(Body, Worked, null, Rules(["another_test_secret"]), SignedAt.AddDays(30))
        );

    [Fact]
    public void Thirteen_digits_are_milliseconds_for_the_age_and_text_for_the_digest()
    {
        byte[] message = [.. "1741176995000."u8, .. Body];
        var digest = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), message);

        Assert.Equal(SignatureVerdict.Valid, Verify(Body, $"t=1741176995000,s={Convert.ToHexStringLower(digest)}"));
    }

    [Fact]
    public void The_deprecated_header_counts_only_when_switched_on()
    {
        var on = Rules([Secret]) with { AcceptLegacy = true };

        Assert.Equal(SignatureVerdict.Valid, WebhookSignature.Verify(Body, null, Legacy, on, SignedAt));
        Assert.Equal(SignatureVerdict.Missing, WebhookSignature.Verify(Body, null, Legacy, Rules([Secret]), SignedAt));
        Assert.Equal(SignatureVerdict.Forged, WebhookSignature.Verify("{}"u8, null, Legacy, on, SignedAt));
    }

    [Theory]
    [InlineData(null, SignatureVerdict.Missing)]
    [InlineData("", SignatureVerdict.Missing)]
    [InlineData("t=,s=", SignatureVerdict.Malformed)]
    [InlineData("t=1741176995", SignatureVerdict.Malformed)]
    [InlineData("s=10ffddd0c9b7e5e15bce9d834e4633e39288cea10aca380e539b1d8211a5d465", SignatureVerdict.Malformed)]
    [InlineData("t=now,s=10ffddd0c9b7e5e15bce9d834e4633e39288cea10aca380e539b1d8211a5d465", SignatureVerdict.Malformed)]
    [InlineData("t=-1,s=10ffddd0c9b7e5e15bce9d834e4633e39288cea10aca380e539b1d8211a5d465", SignatureVerdict.Malformed)]
    [InlineData(
        "t=99999999999999999999,s=10ffddd0c9b7e5e15bce9d834e4633e39288cea10aca380e539b1d8211a5d465",
        SignatureVerdict.Malformed
    )]
    [InlineData("t=1741176995,s=zz", SignatureVerdict.Malformed)]
    public void What_is_no_signature_is_said_to_be_none(string? header, SignatureVerdict verdict) =>
        Assert.Equal(verdict, Verify(Body, header));

    [Fact]
    public void A_header_has_limits()
    {
        var ten = Worked + string.Concat(Enumerable.Repeat(",s=" + new string('a', 64), 9));

        Assert.Equal(SignatureVerdict.Valid, Verify(Body, ten));
        Assert.Equal(SignatureVerdict.Malformed, Verify(Body, ten + ",s=" + new string('a', 64)));
        Assert.Equal(SignatureVerdict.Malformed, Verify(Body, Worked + new string(',', 4096)));
    }

    [Fact]
    public void An_empty_secret_signs_nothing()
    {
        var rules = Rules(["", " "]) with { AcceptLegacy = true };
        var legacy = Convert.ToHexStringLower(SHA256.HashData([.. Body, (byte)'.']));

        Assert.Equal(
            SignatureVerdict.Forged,
            WebhookSignature.Verify(Body, WebhookSignature.Sign(Body, "", SignedAt), null, rules, SignedAt)
        );
        Assert.Equal(SignatureVerdict.Forged, WebhookSignature.Verify(Body, null, legacy, rules, SignedAt));
    }

    [Fact]
    public void A_clock_at_either_end_of_time_makes_nothing_throw()
    {
        var rules = Rules([Secret]);

        Assert.Equal(
            SignatureVerdict.TooOld,
            WebhookSignature.Verify(Body, Worked, null, rules, DateTimeOffset.MaxValue)
        );
        Assert.Equal(
            SignatureVerdict.FromTheFuture,
            WebhookSignature.Verify(Body, Worked, null, rules, DateTimeOffset.MinValue)
        );
    }

    [Fact]
    public void No_header_makes_it_throw()
    {
        var random = new Random(20250305);
        const string letters = "ts=,.0123456789abcdefABCDEF -\u00e9\uac00;\"";
        for (var round = 0; round < 5_000; round++)
        {
            var header = new string(random.GetItems<char>(letters, random.Next(0, 200)));

            Assert.NotEqual(SignatureVerdict.Valid, Verify(Body, header));
        }
    }

    private static SignatureVerdict Verify(byte[] body, string? header) =>
        WebhookSignature.Verify(body, header, null, Rules([Secret]), SignedAt);

    private static SignatureRules Rules(string[] secrets) =>
        new([.. secrets], AcceptLegacy: false, TimeSpan.FromHours(72), TimeSpan.FromMinutes(5));
}
