using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using PproSimulator;

namespace Unit.Tests.SimulatorTests;

/// <summary>The books with a clock and chance of their own, called as PPRO is called.</summary>
internal sealed class SimulatedPpro
{
    public SimulatedPpro(BooksSettings? settings = null) =>
        Books = new(Clock, settings ?? new BooksSettings { RateLimit = 1000, Burst = 1000 }, new Random(7));

    public SimulatedPpro(PproBooks books, FakeTimeProvider clock) => (Books, Clock) = (books, clock);

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 31, 3, 0, 0, TimeSpan.Zero));

    public PproBooks Books { get; }

    public static string AgreementBody(string initial = "") =>
        $$$"""
            {"paymentMethod":"KAKAOPAY","consumer":{"name":"Test User 1","country":"KR"},"amount":{"value":101,"currency":"KRW"},
            "authenticationSettings":[{"type":"REDIRECT","settings":{"returnUrl":"https://ppro.com"}}]{{{initial}}}}
            """;

    public BooksAnswer Post(string path, string body, string? key = null, string contentType = "application/json") =>
        Books.Call(
            Signed("POST", path) with
            {
                Body = Encoding.UTF8.GetBytes(body),
                IdempotencyKey = key,
                ContentType = contentType,
            }
        );

    public BooksAnswer Get(string path, params (string Name, string Value)[] query) =>
        Books.Call(Signed("GET", path) with { Query = query.ToDictionary(it => it.Name, it => it.Value) });

    public BooksRequest Signed(string method, string path) =>
        new(method, path, default)
        {
            Authorization = $"Bearer {Books.Settings.ApiKey}",
            MerchantId = Books.Settings.MerchantId,
        };

    /// <summary>An agreement that was approved; PPRO's id.</summary>
    public string Active(string initial = "")
    {
        var id = (string)Post("/v1/payment-agreements", AgreementBody(initial)).Body!["id"]!;
        Assert.True(Books.Approve(id));
        return id;
    }

    public JsonNode Charge(string agreement, long value, string reference = "R", string? key = null) =>
        Post($"/v1/payment-agreements/{agreement}/payment-charges", ChargeBody(value, reference), key).Body!;

    public static string ChargeBody(long value, string reference = "R") =>
        $$"""{"amount":{"value":{{value}},"currency":"KRW"},"merchantPaymentChargeReference":"{{reference}}"}""";

    public IEnumerable<string> EventTypes => Books.Events.All.Select(it => it.Type);
}
