namespace Unit.Tests.SimulatorTests;

/// <summary>What no client should send is answered with 400 and leaves no trace.</summary>
public sealed class HostileBodies
{
    private readonly SimulatedPpro ppro = new();

    [Theory]
    [InlineData(""","webhooksUrl":17""")]
    [InlineData(""","webhooksUrl":"file:///tmp/x" """)]
    [InlineData(""","webhooksUrl":"ftp://127.0.0.1/x" """)]
    [InlineData(""","webhooksUrl":"https://:99999" """)]
    [InlineData(""","description":"\ud800" """)]
    [InlineData(""","paymentMethod":"KAKAOPAY" """)]
    public void They_are_refused(string field)
    {
        Assert.Equal(400, ppro.Post("/v1/payment-agreements", SimulatedPpro.AgreementBody(field)).Status);
        Assert.Empty(ppro.Books.Agreements);
    }

    [Fact]
    public void A_reference_that_is_no_text_counts_as_absent() =>
        Assert.Equal(
            200,
            ppro.Post(
                "/v1/payment-agreements",
                SimulatedPpro.AgreementBody(""","merchantPaymentAgreementReference":5""")
            ).Status
        );
}
