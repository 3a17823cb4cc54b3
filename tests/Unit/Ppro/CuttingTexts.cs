using System.Globalization;
using System.Text;
using System.Text.Json;
using Billing;
using Ppro;

namespace Unit.Tests.PproTests;

/// <summary>
/// Every text that comes from PPRO is bounded where it is read (the README's promise 39): what people read is cut, what
/// names something is taken whole or not at all.
/// </summary>
public sealed class CuttingTexts
{
    private const int Long = 33_000;

    [Theory]
    [InlineData("a", 512)]
    [InlineData("가", 512)]
    [InlineData("😀", 512)]
    [InlineData("a😀", 511)]
    public async Task A_message_is_cut_and_never_inside_a_surrogate_pair(string of, int length)
    {
        var failure = (await ChargeAsync($$$"""{"failure":{"failureMessage":{{{Json(Repeat(of))}}}}}""")).Failure!;

        Assert.Equal(length, failure.Message!.Length);
        Assert.StartsWith(failure.Message, Repeat(of), StringComparison.Ordinal);
        Assert.False(char.IsHighSurrogate(failure.Message[^1]));
    }

    [Fact]
    public async Task Control_characters_in_a_message_become_spaces() =>
        Assert.Equal(
            "a b c d",
            (await ChargeAsync("""{"failure":{"failureMessage":"a\u0000b\nc\u0085d"}}""")).Failure!.Message
        );

    [Fact]
    public async Task A_short_message_stays_as_it_is() =>
        Assert.Equal(
            "\"잔액\" 부족 😀 \\",
            (await ChargeAsync($$$"""{"failure":{"failureMessage":{{{Json("\"잔액\" 부족 😀 \\")}}}}}"""))
                .Failure!
                .Message
        );

    [Fact]
    public async Task A_word_is_cut_and_is_then_a_word_that_we_do_not_know()
    {
        var word = "CAPTURED" + Repeat("_");

        var charge = await ChargeAsync($$$"""{"status":"{{{word}}}","failure":{"failureCode":"{{{word}}}"}}""");

        Assert.Equal((ChargeStatus.Pending, 64), (charge.Status, charge.StatusWord.Length));
        Assert.Equal(64, charge.Failure!.Code!.Length);
        Assert.Equal(64, Event($$$"""{"id":"Ev1","type":"{{{word}}}"}""")!.Type.Length);
        Assert.Null((await AgreementAsync($$$"""{"status":"ACTIVE{{{word}}}"}""")).Status);
    }

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public async Task An_id_of_PPROs_is_whole_or_absent(int length, bool isThere)
    {
        var id = new string('x', length);

        var charge = await ChargeAsync(
            $$$"""{"agreementId":"{{{id}}}","captures":[{"id":"{{{id}}}","status":"CAPTURED","amount":1}]}"""
        );
        var agreement = await AgreementAsync($$$"""{"instrumentId":"{{{id}}}","initialPaymentChargeId":"{{{id}}}"}""");
        var happened = Event(
            $$$"""
            {"id":"Ev1","type":"X","data":{"paymentChargeId":"{{{id}}}","captureId":"{{{id}}}",
            "refundId":"{{{id}}}","paymentOperationId":"{{{id}}}","paymentAgreementId":"{{{id}}}"}}
            """
        )!;

        string?[] read =
        [
            charge.AgreementProviderId,
            charge.CaptureId,
            agreement.InstrumentId,
            agreement.InitialChargeId,
            happened.ChargeProviderId,
            happened.CaptureId,
            happened.RefundProviderId,
            happened.FundsOperationId,
            happened.AgreementProviderId,
        ];
        Assert.All(read, it => Assert.Equal(isThere ? id : null, it));
    }

    [Theory]
    [InlineData(512, true)]
    [InlineData(513, false)]
    public async Task A_reference_is_whole_or_absent(int length, bool isThere)
    {
        var name = new string('r', length);

        var charge = await ChargeAsync($$$"""{"authorizations":[{"merchantPaymentChargeReference":"{{{name}}}"}]}""");
        var happened = Event(
            $$$"""
            {"id":"Ev1","type":"X","data":{"merchantPaymentChargeReference":"{{{name}}}",
            "merchantPaymentAgreementReference":"{{{name}}}","merchantRefundReference":"{{{name}}}"}}
            """
        )!;

        string?[] read =
        [
            charge.Reference,
            happened.ChargeReference,
            happened.AgreementReference,
            happened.RefundReference,
        ];
        Assert.All(read, it => Assert.Equal(isThere ? name : null, it));
    }

    [Fact]
    public async Task A_refund_whose_id_is_too_long_spoils_its_charge_because_a_cut_id_would_be_another_id()
    {
        var body = Charge($$$"""{"refunds":[{"id":"{{{Repeat("r")}}}","status":"REFUNDED","amount":1}]}""");

        Assert.IsType<Answer<ChargeReading>.InDoubt>(
            await new StubbedPpro().Answers(200, body).Client.ReadChargeAsync("c", default)
        );
    }

    [Theory]
    [InlineData(8192, true)]
    [InlineData(8193, false)]
    public async Task An_address_is_whole_or_absent(int length, bool isThere)
    {
        var url = "https://x.test/".PadRight(length, 'x');
        var methods = $$$"""[{"type":"REDIRECT","details":{"requestUrl":"{{{url}}}","requestMethod":"GET"}}]""";

        var agreement = await AgreementAsync($$$"""{"authenticationMethods":{{{methods}}}}""");
        var happened = Event($$$"""{"id":"Ev1","type":"X","data":{"authenticationMethods":{{{methods}}}}}""")!;

        Assert.Equal(isThere ? url : null, agreement.RequestUrl);
        Assert.Equal(isThere ? url : null, happened.RequestUrl);
    }

    [Theory]
    [InlineData("513")]
    [InlineData("7")]
    public async Task A_search_whose_next_page_cannot_be_named_is_not_whole(string kind)
    {
        var next = kind is "513" ? Json(new string('p', 5_000)) : kind;
        var ppro = new StubbedPpro().Answers(200, $$$"""{"data":[],"nextPage":{{{next}}}}""");

        Assert.IsNotType<Answer<System.Collections.Immutable.ImmutableArray<ChargeReading>>.Said>(
            await ppro.Client.FindChargesAsync("A", default)
        );
    }

    [Fact]
    public async Task A_refusals_message_is_cut_too()
    {
        var body = $$$"""{"status":400,"failureMessage":{{{Json("a" + Repeat("😀"))}}}}""";

        var answer = await new StubbedPpro().Answers(400, body).Client.ReadChargeAsync("c", default);

        var message = Assert.IsType<Answer<ChargeReading>.Refused>(answer).Refusal.Message!;
        Assert.Equal(299, message.Length);
        Assert.False(char.IsHighSurrogate(message[^1]));
    }

    [Fact]
    public async Task Of_funds_only_so_many_are_read()
    {
        var one = """{"operationId":"capture_1","operationType":"CAPTURE","fundsStatus":"CAPTURE_FUNDS_WAITING"}""";
        var body = $"[{string.Join(',', Enumerable.Repeat(one, 1_000))}]";

        var answer = await new StubbedPpro().Answers(200, body).Client.ReadFundsAsync("c", default);

        Assert.Equal(40, Assert.IsType<Answer<FundsReading>.Said>(answer).Reading.Statuses.Length);
    }

    private static string Repeat(string of) =>
        string.Concat(Enumerable.Repeat(of, Long / new StringInfo(of).LengthInTextElements));

    private static string Json(string text) => JsonSerializer.Serialize(text);

    private static async Task<ChargeReading> ChargeAsync(string fields) =>
        Assert
            .IsType<Answer<ChargeReading>.Said>(
                await new StubbedPpro().Answers(200, Charge(fields)).Client.ReadChargeAsync("c", default)
            )
            .Reading;

    private static async Task<AgreementReading> AgreementAsync(string fields) =>
        Assert
            .IsType<Answer<AgreementReading>.Said>(
                await new StubbedPpro().Answers(200, With("agr_1", fields)).Client.ReadAgreementAsync("a", default)
            )
            .Reading;

    private static string Charge(string fields) => With("charge_1", fields);

    /// <summary>These fields, with an id and, where they have none, a status.</summary>
    private static string With(string id, string fields)
    {
        var status = fields.StartsWith("{\"status\"", StringComparison.Ordinal)
            ? string.Empty
            : "\"status\":\"FAILED\",";
        return $$$"""{"id":"{{{id}}}",{{{status}}}{{{fields[1..]}}}""";
    }

    private static PproEvent? Event(string body) =>
        PproEventReader.TryRead(Encoding.UTF8.GetBytes(body), out var happened) ? happened : null;
}
