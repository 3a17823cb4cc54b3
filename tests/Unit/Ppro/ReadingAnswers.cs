using System.Collections.Immutable;
using Billing;

namespace Unit.Tests.PproTests;

/// <summary>What PPRO's JSON says, in our words.</summary>
public sealed class ReadingAnswers
{
    [Fact]
    public async Task The_founding_pages_response_is_read()
    {
        var ppro = new StubbedPpro().Answers(
            200,
            """
            {"id":"agr_123456789","status":"AUTHENTICATION_PENDING","paymentMethod":"KAKAOPAY",
            "startDate":"2025-03-05T12:16:53.651Z","amount":{"value":101,"currency":"KRW"},"instrumentId":"instr_123456789",
            "consumer":{"name":"Test User 1","country":"KR"},"authenticationMethods":[{"details":{"requestUrl":
            "https://authman.sandbox.lp-pl.ppro.com/v0/redirections/forward?redirection_token=abc.def.ghi","requestMethod":"GET"},
            "type":"REDIRECT"}],"history":[{"id":"ahist_123456789","status":"AUTHENTICATION_PENDING",
            "createdAt":"2025-03-05T12:16:55.791Z"}],"createdAt":"2025-03-05T12:16:55.791Z","updatedAt":"2025-03-05T12:16:55.791Z"}
            """
        );

        var answer = await ppro.Client.ReadAgreementAsync("agr_123456789", default);

        var reading = Assert.IsType<Answer<AgreementReading>.Said>(answer).Reading;
        Assert.Equal(("agr_123456789", AgreementStatus.AuthenticationPending), (reading.ProviderId, reading.Status));
        Assert.EndsWith("redirection_token=abc.def.ghi", reading.RequestUrl, StringComparison.Ordinal);
        Assert.Equal("instr_123456789", reading.InstrumentId);
        Assert.Null(reading.InitialChargeId);
        Assert.Equal("ahist_123456789", Assert.Single(reading.History).Id);
    }

    [Fact]
    public async Task A_status_that_we_do_not_know_moves_nothing()
    {
        var ppro = new StubbedPpro().Answers(200, """{"id":"agr_1","status":"HIBERNATING"}""");

        Assert.Null(
            Assert
                .IsType<Answer<AgreementReading>.Said>(await ppro.Client.ReadAgreementAsync("agr_1", default))
                .Reading.Status
        );
    }

    [Fact]
    public async Task A_captured_charge_is_read_with_its_amount_and_reference()
    {
        var ppro = new StubbedPpro().Answers(
            200,
            """
            {"id":"charge_1","agreementId":"agr_1","status":"CAPTURED","currency":"KRW",
            "authorizations":[{"id":"authz_1","amount":102,"status":"AUTHORIZED","merchantPaymentChargeReference":"XYZ0123456789"}],
            "captures":[{"id":"capture_1","amount":102,"status":"CAPTURED","createdAt":"2025-04-05T00:00:01.490Z"}],
            "refunds":[{"id":"refund_1","amount":50,"status":"PENDING","merchantRefundReference":"RF-1"}],"unknown":[1,2]}
            """
        );

        var reading = Assert
            .IsType<Answer<ChargeReading>.Said>(await ppro.Client.ReadChargeAsync("charge_1", default))
            .Reading;

        Assert.Equal(
            (102, "capture_1", "XYZ0123456789", "agr_1"),
            (reading.CapturedMinorUnits, reading.CaptureId, reading.Reference, reading.AgreementProviderId)
        );
        Assert.Equal(RefundStatus.Pending, Assert.Single(reading.Refunds).Status);
    }

    [Theory]
    [InlineData(
        """{"id":"c","status":"FAILED","failure":{"failureCode":"INSUFFICIENT_FUNDS","isRetryable":true}}""",
        "INSUFFICIENT_FUNDS",
        true
    )]
    [InlineData(
        """{"id":"c","status":"FAILED","failure":{"internalFailureCode":"GENERIC_DECLINE"}}""",
        "GENERIC_DECLINE",
        null
    )]
    [InlineData(
        """{"id":"c","status":"FAILED","authorizations":[{"failure":{"failureCode":"SUS_FRAUD","isRetryable":false}}]}""",
        "SUS_FRAUD",
        false
    )]
    public async Task The_failure_is_found_where_PPRO_puts_it(string body, string code, bool? retryable)
    {
        var reading = Assert
            .IsType<Answer<ChargeReading>.Said>(
                await new StubbedPpro().Answers(200, body).Client.ReadChargeAsync("c", default)
            )
            .Reading;

        Assert.Equal((code, retryable), (reading.Failure?.Code, reading.Failure?.IsRetryable));
    }

    [Theory]
    [InlineData(
        """{"id":"c","status":"VOIDED","captures":[{"id":"x","amount":5,"status":"CAPTURED"}]}""",
        ChargeStatus.Captured
    )]
    [InlineData(
        """{"id":"c","status":"FAILED","captures":[{"id":"x","amount":5,"status":"FAILED"}]}""",
        ChargeStatus.NotCaptured
    )]
    [InlineData(
        """{"id":"c","status":"FAILED","captures":"?","createdAt":"2025-04-05T00:00:000Z"}""",
        ChargeStatus.NotCaptured
    )]
    public async Task Money_that_moved_wins_over_the_status_word(string body, ChargeStatus status)
    {
        var answer = await new StubbedPpro().Answers(200, body).Client.ReadChargeAsync("c", default);

        Assert.Equal(status, Assert.IsType<Answer<ChargeReading>.Said>(answer).Reading.Status);
    }

    [Fact]
    public async Task A_search_follows_its_pages()
    {
        var ppro = new StubbedPpro()
            .Answers(200, """{"data":[{"id":"charge_1","status":"FAILED"}],"nextPage":"p 2"}""")
            .Answers(200, """{"data":[{"id":"charge_2","status":"CAPTURED"}]}""");

        var found = Assert.IsType<Answer<ImmutableArray<ChargeReading>>.Said>(
            await ppro.Client.FindChargesAsync("A&B", default)
        );

        Assert.Equal(["charge_1", "charge_2"], found.Reading.Select(it => it.ProviderId));
        Assert.Equal("?merchantPaymentChargeReference=A%26B", ppro.Sent[0].Request.RequestUri!.Query);
        Assert.EndsWith("&page=p%202", ppro.Sent[1].Request.RequestUri!.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agreements_charges_are_listed_by_its_id()
    {
        var ppro = new StubbedPpro().Answers(200, """{"data":[{"id":"charge_1","status":"FAILED"}],"nextPage":null}""");

        var listed = Assert.IsType<Answer<ImmutableArray<ChargeReading>>.Said>(
            await ppro.Client.ListChargesAsync("agr_1", default)
        );

        Assert.Equal("charge_1", Assert.Single(listed.Reading).ProviderId);
        Assert.Equal(
            "/v1/payment-charges?agreementId=agr_1",
            Assert.Single(ppro.Sent).Request.RequestUri!.PathAndQuery
        );
    }

    [Theory]
    [InlineData("10:30", null)]
    [InlineData("2025-04-05T00:00:000Z", null)]
    [InlineData("2025-04-05T09:00:01+09:00", "2025-04-05T00:00:01Z")]
    [InlineData("2025-04-05T00:00:01", "2025-04-05T00:00:01Z")]
    public async Task A_time_is_whole_or_absent(string given, string? expected)
    {
        var ppro = new StubbedPpro().Answers(200, $$"""{"id":"a","status":"ACTIVE","createdAt":"{{given}}"}""");

        var answer = await ppro.Client.ReadAgreementAsync("a", default);

        Assert.Equal(
            expected is null ? null : DateTimeOffset.Parse(expected),
            Assert.IsType<Answer<AgreementReading>.Said>(answer).Reading.CreatedAt
        );
    }

    [Theory]
    [InlineData("""{"data":[],"nextPage":"again"}""", """{"data":[],"nextPage":"again"}""")]
    [InlineData("""{"data":[{"id":"charge_1"}]}""", null)]
    [InlineData("""{"nextPage":null}""", null)]
    public async Task A_search_that_is_not_whole_proves_nothing(string first, string? second)
    {
        var ppro = new StubbedPpro().Answers(200, first);
        _ = second is null ? ppro : ppro.Answers(200, second);

        Assert.IsType<Answer<ImmutableArray<ChargeReading>>.InDoubt>(await ppro.Client.FindChargesAsync("A", default));
    }

    [Fact]
    public async Task A_search_without_end_is_given_up()
    {
        var ppro = new StubbedPpro();
        foreach (var page in Enumerable.Range(1, 20))
        {
            ppro.Answers(200, $$"""{"data":[],"nextPage":"{{page}}"}""");
        }

        Assert.IsType<Answer<ImmutableArray<ChargeReading>>.InDoubt>(await ppro.Client.FindChargesAsync("A", default));
        Assert.Equal(20, ppro.Sent.Count);
    }
}
