using Billing;
using Ppro;

namespace Unit.Tests.PproTests;

/// <summary>
/// What each answer and each HTTP status proves (docs/ppro.md, Errors), through the client. Every call is one request.
/// </summary>
public sealed class JudgingAnswers
{
    private const string Error = """{"status":0,"failureMessage":"No.","timestamp":"2025-02-17T21:18:20.003Z"}""";

    [Theory]
    [InlineData("CAPTURED", ChargeStatus.Captured)]
    [InlineData("REFUNDED", ChargeStatus.Captured)]
    [InlineData("REFUND_PROCESSING", ChargeStatus.Captured)]
    [InlineData("FAILED", ChargeStatus.NotCaptured)]
    [InlineData("VOIDED", ChargeStatus.NotCaptured)]
    [InlineData("DISCARDED", ChargeStatus.NotCaptured)]
    [InlineData("AUTHORIZATION_ASYNC", ChargeStatus.Pending)]
    [InlineData("AUTHORIZATION_PROCESSING", ChargeStatus.Pending)]
    [InlineData("CAPTURE_PENDING", ChargeStatus.Pending)]
    [InlineData("AUTHENTICATION_PENDING", ChargeStatus.Pending)]
    [InlineData("A_WORD_OF_TOMORROW", ChargeStatus.Pending)]
    public async Task In_a_2xx_only_the_status_decides(string word, ChargeStatus status)
    {
        var ppro = new StubbedPpro().Answers(200, $$"""{"id":"charge_1","status":"{{word}}"}""");

        var said = Assert.IsType<Answer<ChargeReading>.Said>(await ChargeAsync(ppro));

        Assert.Equal((status, word), (said.Reading.Status, said.Reading.StatusWord));
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(200, "<html>")]
    [InlineData(200, "[]")]
    [InlineData(200, """{"status":"CAPTURED"}""")]
    [InlineData(200, """{"id":7,"status":"CAPTURED"}""")]
    [InlineData(200, """{"id":"charge_1","status":"CAPTURED","status":"FAILED"}""")]
    [InlineData(200, """{"id":"charge_1","status":"CAPTURED","captures":[{"amount":1,"\u0061mount":2}]}""")]
    [InlineData(302, "")]
    [InlineData(408, Error)]
    [InlineData(409, Error)]
    [InlineData(500, Error)]
    [InlineData(502, "")]
    [InlineData(503, "")]
    [InlineData(504, Error)]
    public async Task Nobody_knows(int status, string body) =>
        Assert.IsType<Answer<ChargeReading>.InDoubt>(await ChargeAsync(new StubbedPpro().Answers(status, body)));

    [Fact]
    public async Task A_byte_order_mark_before_an_answer_is_read_over()
    {
        var ppro = new StubbedPpro().Answers(200, "\ufeff" + """{"id":"charge_1","status":"CAPTURED"}""");

        Assert.Equal("charge_1", Assert.IsType<Answer<ChargeReading>.Said>(await ChargeAsync(ppro)).Reading.ProviderId);
    }

    [Theory]
    [InlineData(400, Error, RefusalKind.Request)]
    [InlineData(405, Error, RefusalKind.Request)]
    [InlineData(415, Error, RefusalKind.Request)]
    [InlineData(422, Error, RefusalKind.Request)]
    [InlineData(431, "", RefusalKind.Request)]
    [InlineData(401, """{"message":"Unauthorized"}""", RefusalKind.Credentials)]
    [InlineData(403, Error, RefusalKind.Credentials)]
    [InlineData(404, Error, RefusalKind.NotFound)]
    [InlineData(404, """{"status":404,"message":"Payment agreement not found"}""", RefusalKind.NotFound)]
    [InlineData(404, """{"status":404,"failureMessage":""}""", RefusalKind.NotFound)]
    [InlineData(404, """{"message":"Not Found"}""", RefusalKind.Route)]
    [InlineData(404, "<html>", RefusalKind.Route)]
    [InlineData(404, """{"status":404,"failureMessage":"No.","failureMessage":"Yes."}""", RefusalKind.Route)]
    [InlineData(422, """{"status":422,"failureMessage":"No.","failureMessage":"Yes."}""", RefusalKind.Request)]
    [InlineData(405, "", RefusalKind.Route)]
    [InlineData(429, Error, RefusalKind.RateLimited)]
    public async Task A_4xx_is_refused_for_its_reason(int status, string body, RefusalKind kind)
    {
        var refused = Assert.IsType<Answer<ChargeReading>.Refused>(
            await ChargeAsync(new StubbedPpro().Answers(status, body))
        );

        Assert.Equal((kind, status), (refused.Refusal.Kind, refused.Refusal.HttpStatus));
    }

    [Fact]
    public async Task A_broken_connection_is_in_doubt()
    {
        Assert.IsType<Answer<ChargeReading>.InDoubt>(
            await ChargeAsync(new StubbedPpro().Fails(new HttpRequestException("reset")))
        );
        Assert.IsType<Answer<ChargeReading>.InDoubt>(
            await ChargeAsync(new StubbedPpro().Fails(new IOException("broken")))
        );
    }

    [Fact]
    public async Task Silence_is_in_doubt_after_sixty_seconds()
    {
        var ppro = new StubbedPpro().StaysSilent();
        var asking = ChargeAsync(ppro);

        ppro.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(asking.IsCompleted);
        ppro.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.IsType<Answer<ChargeReading>.InDoubt>(await asking);
    }

    [Fact]
    public async Task A_read_is_given_up_after_twenty_seconds()
    {
        var ppro = new StubbedPpro().StaysSilent();
        var asking = ppro.Client.ReadChargeAsync("charge_1", default);

        ppro.Clock.Advance(TimeSpan.FromSeconds(19));
        Assert.False(asking.IsCompleted);
        ppro.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.IsType<Answer<ChargeReading>.InDoubt>(await asking);
        Assert.Equal(TimeSpan.FromSeconds(60), PproClient.WriteTimeout);
    }

    [Fact]
    public async Task A_read_ends_with_its_caller()
    {
        var ppro = new StubbedPpro().StaysSilent();
        using var caller = new CancellationTokenSource();
        var asking = ppro.Client.ReadChargeAsync("charge_1", caller.Token);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task A_charge_is_one_request_with_its_exact_bytes_and_key()
    {
        var ppro = new StubbedPpro().Answers(504, Error);

        await ppro.Client.ChargeAsync("agr_1", "{\"the\": \"bytes\"}"u8.ToArray(), "the-key");

        var (request, body) = Assert.Single(ppro.Sent);
        Assert.Equal("http://ppro.test/v1/payment-agreements/agr_1/payment-charges", request.RequestUri!.ToString());
        Assert.Equal("{\"the\": \"bytes\"}"u8.ToArray(), body);
        Assert.Equal(["the-key"], request.Headers.GetValues("Request-Idempotency-Key"));
        Assert.Equal("application/json", request.Content!.Headers.ContentType!.ToString());
        Assert.Single(request.Headers.GetValues("Request-Reference"));
    }

    [Fact]
    public async Task The_write_limit_is_learnt_from_the_headers()
    {
        var ppro = new StubbedPpro().Answers(
            200,
            """{"id":"charge_1","status":"CAPTURED"}""",
            ("X-RateLimit-Replenish-Rate", "50"),
            ("X-RateLimit-Burst-Capacity", "100")
        );

        await ChargeAsync(ppro);

        Assert.Equal(new RateLimit(null, 100, 50), ppro.Client.LatestRateLimit);
    }

    private static Task<Answer<ChargeReading>> ChargeAsync(StubbedPpro ppro) =>
        ppro.Client.ChargeAsync("agr_1", "{}"u8.ToArray(), "key");
}
