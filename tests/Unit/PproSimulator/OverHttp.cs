using System.Net;
using System.Net.Sockets;
using System.Text;
using PproSimulator;

namespace Unit.Tests.SimulatorTests;

/// <summary>The shell around the books, on a free port.</summary>
public sealed class OverHttp : IAsyncLifetime
{
    private readonly SimulatorApp app = SimulatorApp.Create(["--Url=http://127.0.0.1:0"]);
    private readonly HttpClient http = new(new HttpClientHandler { AllowAutoRedirect = false });

    public async Task InitializeAsync()
    {
        await app.StartAsync();
        http.BaseAddress = app.Url;
        http.DefaultRequestHeaders.Add("Authorization", $"Bearer {app.Books.Settings.ApiKey}");
        http.DefaultRequestHeaders.Add("Merchant-Id", app.Books.Settings.MerchantId);
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task The_consumer_approves_twice_and_is_sent_back_twice()
    {
        var agreement = await CreateAsync(string.Empty);
        var page = $"/v0/redirections/forward?redirection_token={Uri.EscapeDataString(agreement.Token)}";
        using var shown = await http.GetAsync(page + "&lang=en");
        using var decision = new FormUrlEncodedContent([new("decision", "approve")]);
        using var first = await http.PostAsync(page, decision);
        using var second = await http.PostAsync(page, decision);
        using var late = await http.GetAsync(page);

        Assert.Contains("<html lang=\"en\">", await shown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("no-store", shown.Headers.CacheControl?.ToString());
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (first.StatusCode, second.StatusCode));
        Assert.Equal("https://ppro.com/", first.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Equal("ACTIVE", agreement.Status);
    }

    [Theory]
    [InlineData("webhooks", """{"mode":"upsideDown"}""")]
    [InlineData("webhooks", """{"mode":"drop","types":[1]}""")]
    [InlineData("webhooks", """{"mode":"drop","types":"x"}""")]
    [InlineData("faults", """{"operation":"charge","kind":"503"}""")]
    [InlineData("decline", """{"count":0}""")]
    [InlineData("hide", "nonsense")]
    public async Task A_wrong_control_call_is_told_why(string what, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync($"/__sim/{what}", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("must be", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_that_never_answers_holds_up_no_other_resource()
    {
        using var silent = Listen();
        using var prompt = Listen();
        await CreateAsync($$""","webhooksUrl":"http://{{silent.LocalEndpoint}}/" """);
        using var hanging = await silent.AcceptTcpClientAsync();

        await CreateAsync($$""","webhooksUrl":"http://{{prompt.LocalEndpoint}}/" """);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        using var delivered = await prompt.AcceptTcpClientAsync(patience.Token);

        Assert.True(delivered.Connected);
    }

    private async Task<SimAgreement> CreateAsync(string fields)
    {
        using var body = new StringContent(SimulatedPpro.AgreementBody(fields), Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync("/v1/payment-agreements", body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return app.Books.With(it => it.Agreements.Last());
    }

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }
}
