using JourneyKit;
using Storage;

namespace Unit.Tests.JourneyTests;

/// <summary>
/// Whatever PPRO tells, of a type that we know or not, is kept: with the agreement when it names one of ours, otherwise
/// in quarantine (the README's promise 25). None of it is an error.
/// </summary>
public sealed class KeepingEveryEvent
{
    private const string Amount = "\"amount\":{\"value\":100,\"currency\":\"KRW\"}";

    public static TheoryData<string> OfAgreements =>
        [
            "CREATED",
            "AUTHENTICATION_PENDING",
            "ACTIVE",
            "UPDATED",
            "FAILED",
            "REVOKED_BY_CONSUMER",
            "REVOKED_BY_MERCHANT",
            "REVOKED_BY_PROVIDER",
            "SOMETHING_NEW",
        ];

    public static TheoryData<string> OfCharges =>
        [
            "PAYMENT_CHARGE_CREATED",
            "PAYMENT_CHARGE_AUTHENTICATION_PENDING",
            "PAYMENT_CHARGE_PROVIDER_CONFIRMATION_PENDING",
            "PAYMENT_CHARGE_AUTHORIZATION_SUCCEEDED",
            "PAYMENT_CHARGE_AUTHORIZATION_FAILED",
            "PAYMENT_CHARGE_CAPTURE_SUCCEEDED",
            "PAYMENT_CHARGE_CAPTURE_FAILED",
            "PAYMENT_CHARGE_VOID_SUCCEEDED",
            "PAYMENT_CHARGE_VOID_FAILED",
            "PAYMENT_CHARGE_DISCARDED",
            "PAYMENT_CHARGE_DISCARD_FAILED",
            "PAYMENT_CHARGE_REFUND_PENDING",
            "PAYMENT_CHARGE_REFUND_SUCCEEDED",
            "PAYMENT_CHARGE_REFUND_FAILED",
            "FUNDS_STATE_CHANGED",
            "CHARGEBACK_SUCCEEDED",
            "PAYMENT_CHARGE_SOMETHING_NEW",
        ];

    public static TheoryData<string> OfNeither =>
        [
            "PAYMENT_INSTRUMENT_CREATED",
            "PAYMENT_INSTRUMENT_DETAILS_UPDATED",
            "PAYMENT_INSTRUMENT_DELETED",
            "REPORT_PROCESSED",
            "REPORT_FAILED",
            "REPORT_EXPIRED",
            "SOMETHING_NEW",
        ];

    [Fact]
    public void All_thirty_types_are_here()
    {
        var known = OfAgreements.Count + OfCharges.Count + OfNeither.Count - 3;

        Assert.Equal(30, known);
    }

    [Theory]
    [MemberData(nameof(OfAgreements))]
    public async Task An_event_about_our_agreement_is_kept_with_it(string type)
    {
        using var world = new MemoryWorld();
        var id = await world.ActiveAsync();
        var agreement = world.AtPpro(id).Id;

        await world.TakeInAsync(
            $"PAYMENT_AGREEMENT_{type}",
            agreement,
            $"\"paymentAgreementId\":\"{agreement}\",\"merchantPaymentAgreementReference\":\"{id}\"",
            "Ev1"
        );

        Assert.True(await world.HasEventAsync(id, "Ev1"));
        Assert.Empty(await world.QuarantinedAsync());
        Assert.Empty(world.Host.Failures);
    }

    [Theory]
    [MemberData(nameof(OfCharges))]
    public async Task An_event_about_our_charge_is_kept_with_its_agreement(string type)
    {
        using var world = new MemoryWorld();
        var id = await world.ActiveAsync();
        var charge = world.ChargesAtPpro(id).Single();

        await world.TakeInAsync(
            type,
            charge.Id,
            $"\"paymentChargeId\":\"{charge.Id}\",\"merchantPaymentChargeReference\":\"{charge.Reference}\","
                + $"\"refundId\":\"refund_1\",\"fundsState\":\"CAPTURE_FUNDS_LOST\",\"paymentOperationId\":\"c\",{Amount}",
            "Ev1"
        );

        Assert.True(await world.HasEventAsync(id, "Ev1"));
        Assert.Empty(await world.QuarantinedAsync());
        Assert.Empty(world.Host.Failures);
    }

    [Theory]
    [MemberData(nameof(OfNeither))]
    public async Task An_event_about_neither_is_kept_in_quarantine(string type)
    {
        using var world = new MemoryWorld();
        await world.ActiveAsync();

        await world.TakeInAsync(type, "instr_1", "\"paymentInstrumentId\":\"instr_1\"", "Ev1");

        var kept = Assert.Single(await world.QuarantinedAsync());
        Assert.Equal(("Ev1", type), (kept.EventId, kept.Type));
        Assert.Equal(world.Clock.GetUtcNow(), kept.ReceivedAt);
        Assert.Empty(world.Host.Failures);
    }

    [Fact]
    public async Task An_event_that_names_a_member_twice_is_kept_as_it_came_and_changes_nothing()
    {
        using var world = new MemoryWorld();
        var id = await world.ActiveAsync();
        var before = await world.FindAsync(id);
        var body = world.EventBody(
            "PAYMENT_AGREEMENT_REVOKED_BY_CONSUMER",
            world.AtPpro(id).Id,
            $"\"merchantPaymentAgreementReference\":\"{id}\",\"merchantPaymentAgreementReference\":\"{id}\""
        );

        await world.ReceiveAsync(body);
        await world.Host.SettleAsync();

        var kept = Assert.Single(await world.QuarantinedAsync());
        Assert.Equal(("unreadable", "?"), (kept.Reason, kept.Type));
        Assert.Equal(body, kept.Raw.ToArray());
        Assert.Equal(before.Version, (await world.FindAsync(id)).Version);
    }

    [Theory]
    [InlineData("money-20260116-1")]
    [InlineData("op-20260116-1")]
    [InlineData("hash-20260116-1")]
    public async Task An_event_that_names_itself_like_a_row_of_ours_takes_nobodys_place(string name)
    {
        using var world = new MemoryWorld();
        var id = await world.ActiveAsync();
        await world.TakeInAsync(
            "PAYMENT_AGREEMENT_UPDATED",
            world.AtPpro(id).Id,
            $"\"merchantPaymentAgreementReference\":\"{id}\"",
            name
        );

        await world.Host.AdvanceAsync(TimeSpan.FromDays(1));

        Assert.True(await world.HasEventAsync(id, name));
        Assert.Empty(world.Host.Failures);
        var moved = await world.Get<AgreementLedger>().SumAsync(id, default);
        Assert.Equal(2 * MemoryWorld.Price, moved.CapturedMinorUnits);
        Assert.Equal(moved.CapturedMinorUnits, (await world.FindAsync(id)).CapturedMinorUnits);
    }

    [Fact]
    public async Task An_event_behind_a_byte_order_mark_is_applied_and_kept_as_it_came()
    {
        using var world = new MemoryWorld();
        var id = await world.ActiveAsync();
        byte[] body =
        [
            .. "\ufeff"u8,
            .. world.EventBody(
                "PAYMENT_AGREEMENT_REVOKED_BY_CONSUMER",
                world.AtPpro(id).Id,
                $"\"merchantPaymentAgreementReference\":\"{id}\"",
                "Ev1"
            ),
        ];

        await world.ReceiveAsync(body);
        await world.Host.SettleAsync();

        Assert.Equal(Billing.AgreementStatus.RevokedByConsumer, (await world.FindAsync(id)).Status);
        var row = await world.Tables.FindAsync(StoreNames.Agreements, new(id.Value, Keys.Event("Ev1")), default);
        Assert.Equal(body, row!.GetBinary("Raw0"));
    }

    [Theory]
    [InlineData("\"paymentAgreementStatus\":\"ACTIVE\"", false)]
    [InlineData("\"paymentAgreementStatus\":\"SUSPENDED\"", true)]
    public async Task An_unknown_word_is_counted_by_a_log_event_of_its_own(string status, bool isCounted)
    {
        var log = new NotedLog();
        using var world = new MemoryWorld(logging: it => log.AddTo(it));
        var id = await world.ActiveAsync();

        await world.TakeInAsync(
            "PAYMENT_AGREEMENT_UPDATED",
            "agr_1",
            $"\"merchantPaymentAgreementReference\":\"{id}\",\"paymentAgreementId\":\"{world.AtPpro(id).Id}\",{status}",
            "Ev1"
        );

        Assert.Equal(isCounted, log.Names.Contains("UnknownWord"));
        Assert.True(await world.HasEventAsync(id, "Ev1"));
    }
}
