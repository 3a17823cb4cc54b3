using Billing;
using Ppro;
using PproSimulator;
using Unit.Tests.BillingTests;
using Unit.Tests.SimulatorTests;

namespace Unit.Tests.JourneyTests;

/// <summary>An agreement's life at PPRO, and what PPRO tells of it.</summary>
internal sealed class Life
{
    private readonly SimulatedPpro ppro;

    public Life(Agreement ours, BooksSettings? settings = null, string descriptor = "Illustrator")
    {
        ppro = new(
            (settings ?? new()) with
            {
                RateLimit = 1000,
                Burst = 1000,
                DefaultWebhooksUrl = "http://127.0.0.1:9/",
            }
        );
        Ours = ours;
        Descriptor = descriptor;
    }

    public Agreement Ours { get; }

    public string Descriptor { get; }

    /// <summary>PPRO's id.</summary>
    public string Id { get; private set; } = string.Empty;

    public SimCharge Charge => ppro.Books.Charges.Single();

    public SimRefund Refund => Charge.Refunds[^1];

    public PproBooks Books => ppro.Books;

    public IReadOnlyList<PproEvent> Events =>
        ppro.Books.With(it =>
            it.Events.All.Select(told => PproEventReader.TryRead(told.Body, out var happened) ? happened : null!)
                .ToList()
        );

    public Life Create()
    {
        var initial = Ours.Open.SingleOrDefault(it => it.IsInitial) is { } first
            ? $",\"initialPaymentCharge\":{ChargeBody(first.Reference)}"
            : string.Empty;
        var reference = $",\"merchantPaymentAgreementReference\":\"{Ours.Id}\"";
        var answer = ppro.Post("/v1/payment-agreements", SimulatedPpro.AgreementBody(initial + reference));
        Id = (string)answer.Body!["id"]!;
        return this;
    }

    public Life Approve()
    {
        Create();
        Assert.True(ppro.Books.Approve(Id));
        return this;
    }

    public Life Do(Func<PproBooks, bool> happen)
    {
        Assert.True(happen(ppro.Books));
        return this;
    }

    /// <summary>The schedule's charge, or a single one, under the reference that our attempt has.</summary>
    public Life ChargeFor(Attempt attempt)
    {
        ppro.Post($"/v1/payment-agreements/{Id}/payment-charges", ChargeBody(attempt.Reference));
        return this;
    }

    public Life RefundBy(long amount, string? reference, string descriptor = "none")
    {
        var named = reference is null ? string.Empty : $",\"merchantRefundReference\":\"{reference}\"";
        ppro.Post(
            $"/v1/payment-charges/{Charge.Id}/refunds",
            $"{{\"amount\":{amount},\"refundDescriptor\":\"{descriptor}\"{named}}}"
        );
        return this;
    }

    public Life Revoke()
    {
        ppro.Post($"/v1/payment-agreements/{Id}/revocations", "{}");
        return this;
    }

    public Life Wait(TimeSpan time)
    {
        ppro.Clock.Advance(time);
        return this;
    }

    private string ChargeBody(string reference) =>
        $"{{\"amount\":{{\"value\":{A.Price.MinorUnits},\"currency\":\"KRW\"}},\"paymentDescriptor\":\"{Descriptor}\","
        + $"\"merchantPaymentChargeReference\":\"{reference}\"}}";
}
