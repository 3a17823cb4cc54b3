using System.Collections.Immutable;
using System.Text;
using Billing;
using Ppro;

namespace Unit.Tests.PproTests;

/// <summary>
/// JSON that is right by its grammar and wrong in every other way: nothing that PPRO, or someone in its place, can send
/// may end in an exception, because behind it stands money that moved.
/// </summary>
public sealed class HostileInput
{
    private const string Charge = """
        {"id":"charge_1","status":"CAPTURED","agreementId":"agr_1","failure":{"failureCode":"X","isRetryable":true},
        "authorizations":[{"id":"authz_1","amount":102,"merchantPaymentChargeReference":"R"}],
        "captures":[{"id":"capture_1","amount":102,"status":"CAPTURED","createdAt":"2025-04-05T00:00:01.490Z"}],
        "refunds":[{"id":"refund_1","amount":50,"status":"PENDING","createdAt":"2025-04-06T00:00:01.490Z"}]}
        """;

    private const string Agreement = """
        {"id":"agr_1","status":"ACTIVE","startDate":"2025-03-05T12:16:53.651Z","revocations":[{"id":"rev_1","revocationStatus":"X"}],
        "authenticationMethods":[{"details":{"requestUrl":"https://x.test/"},"type":"REDIRECT"}],
        "history":[{"id":"ahist_1","status":"ACTIVE","createdAt":"2025-03-05T12:16:55.791Z"}]}
        """;

    private const string Event = """
        {"id":"Ev1","type":"PAYMENT_CHARGE_CAPTURE_SUCCEEDED","subject":"charge_1","time":"2025-04-05T00:00:01.490Z",
        "data":{"type":"X","amount":{"value":102},"failure":{"failureCode":"X"},"charge":{"id":"charge_1"},
        "authenticationMethods":[{"details":{"requestUrl":"https://x.test/"},"type":"REDIRECT"}]}}
        """;

    private static readonly string[] Oddities =
    [
        "null",
        "true",
        "\"\"",
        "\"102\"",
        "\"10:30\"",
        "\"2025-04-05T00:00:000Z\"",
        "\"0001-01-01T00:00:00+14:00\"",
        "\"\\ud800\"",
        "{\"\\udc00id\":1}",
        "{\"\\ud800aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\":1}",
        "9223372036854775807",
        "-9223372036854775808",
        "1e999",
        "102.5",
        "[]",
        "[[]]",
        "[null,7,{}]",
        "{}",
        "{\"id\":\"a\",\"id\":\"b\",\"status\":\"CAPTURED\",\"amount\":9223372036854775807}",
        new string('[', 70) + new string(']', 70),
    ];

    [Fact]
    public async Task Nothing_that_PPRO_answers_makes_the_client_throw()
    {
        var random = new Random(20250405);
        for (var round = 0; round < 5_000; round++)
        {
            var status = random.GetItems([200, 400, 404, 500], 1)[0];

            await new StubbedPpro()
                .Answers(status, Spoil(Charge, random))
                .Client.ChargeAsync("agr_1", "{}"u8.ToArray(), "key");
            await new StubbedPpro().Answers(status, Spoil(Agreement, random)).Client.ReadAgreementAsync("a", default);
            await new StubbedPpro().Answers(status, Spoil(Charge, random)).Client.RefundAsync("c", default, "key");
            await new StubbedPpro().Answers(status, Spoil(Agreement, random)).Client.RevokeAsync("a", "key");
        }
    }

    [Fact]
    public void Nothing_that_a_webhook_says_makes_the_reader_throw()
    {
        var random = new Random(20250406);
        for (var round = 0; round < 5_000; round++)
        {
            _ = PproEventReader.TryRead(Encoding.UTF8.GetBytes(Spoil(Event, random)), out _);
        }
    }

    [Theory]
    [InlineData("""{"id":"a","type":"X","\ud800aaaaaaaaaaaaaaaaaaaa":1}""")]
    [InlineData("""{"id":"a","type":"X","data":{"\udc00aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa":1}}""")]
    public void A_name_that_is_no_text_makes_it_no_event(string body) =>
        Assert.False(PproEventReader.TryRead(Encoding.UTF8.GetBytes(body), out _));

    [Theory]
    [InlineData(200, """{"\ud800aaaaaaaaaaaaaaaaaaaa":1,"id":"c","status":"CAPTURED"}""")]
    [InlineData(
        200,
        """{"id":"c","status":"CAPTURED","captures":[{"status":"CAPTURED","amount":9223372036854775807},{"status":"CAPTURED","amount":1}]}"""
    )]
    [InlineData(200, """{"id":"c","status":"CAPTURED","refunds":[{"id":"r","status":"REFUNDED","amount":"50"}]}""")]
    [InlineData(400, """{"status":400,"\ud800aaaaaaaaaaaaaaaaaaaa":1}""")]
    public async Task What_cannot_be_believed_is_in_doubt(int status, string body) =>
        Assert.IsType<Answer<ChargeReading>.InDoubt>(await ChargeAsync(new StubbedPpro().Answers(status, body)));

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    public async Task An_answer_beyond_one_MiB_is_in_doubt(int status)
    {
        var body = $$"""{"id":"c","status":"CAPTURED","failureMessage":"{{new string('x', 1024 * 1024)}}"}""";

        Assert.IsType<Answer<ChargeReading>.InDoubt>(await ChargeAsync(new StubbedPpro().Answers(status, body)));
    }

    private static Task<Answer<ChargeReading>> ChargeAsync(StubbedPpro ppro) =>
        ppro.Client.ChargeAsync("agr_1", "{}"u8.ToArray(), "key");

    /// <summary>Up to three values, anywhere in the JSON, become something odd; now and then the text is cut.</summary>
    private static string Spoil(string json, Random random)
    {
        var text = json;
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var spots = Spots(text);
            if (spots.IsEmpty)
            {
                break;
            }

            var (start, length) = spots[random.Next(spots.Length)];
            text = text[..start] + Oddities[random.Next(Oddities.Length)] + text[(start + length)..];
        }

        return random.Next(10) is 0 ? text[..random.Next(text.Length + 1)] : text;
    }

    /// <summary>Where a simple value stands: after a colon, up to the next delimiter.</summary>
    private static ImmutableArray<(int Start, int Length)> Spots(string text) =>
        [
            .. Enumerable
                .Range(0, text.Length)
                .Where(index => index > 1 && text[index - 1] is ':' && text[index - 2] is '"')
                .Select(start => (start, LengthOf(text, start))),
        ];

    private static int LengthOf(string text, int start)
    {
        if (text[start] is '"')
        {
            return text.IndexOf('"', start + 1) is > 0 and var end ? end + 1 - start : 1;
        }

        if (text[start] is not ('[' or '{'))
        {
            return Math.Max(1, text.AsSpan(start).IndexOfAny(",}]"));
        }

        var depth = 0;
        for (var index = start; index < text.Length; index++)
        {
            depth +=
                text[index] is '[' or '{' ? 1
                : text[index] is ']' or '}' ? -1
                : 0;
            if (depth is 0)
            {
                return index + 1 - start;
            }
        }

        return text.Length - start;
    }
}
