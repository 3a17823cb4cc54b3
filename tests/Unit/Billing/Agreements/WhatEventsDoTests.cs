using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>
/// What each of PPRO's thirty event types does (docs/ppro.md, Webhooks: types), to an agreement and to a charge.
/// </summary>
public sealed class WhatEventsDoTests
{
    private static readonly DateTimeOffset Later = A.Morning.AddMinutes(20);

    public static TheoryData<PproEventKind, string> OnAgreements =>
        new()
        {
            { PproEventKind.AgreementCreated, "Initializing" },
            { PproEventKind.AgreementAuthenticationPending, "AuthenticationPending" },
            { PproEventKind.AgreementActive, "Active" },
            { PproEventKind.AgreementUpdated, "read now" },
            { PproEventKind.AgreementFailed, "Failed" },
            { PproEventKind.AgreementRevokedByConsumer, "RevokedByConsumer" },
            { PproEventKind.AgreementRevokedByMerchant, "RevokedByMerchant" },
            { PproEventKind.AgreementRevokedByProvider, "RevokedByProvider" },
            { PproEventKind.InstrumentCreated, "" },
            { PproEventKind.InstrumentDetailsUpdated, "" },
            { PproEventKind.InstrumentDeleted, "" },
            { PproEventKind.ReportProcessed, "" },
            { PproEventKind.ReportFailed, "" },
            { PproEventKind.ReportExpired, "" },
            { PproEventKind.Unknown, "" },
        };

    public static TheoryData<PproEventKind, string, string> OnCharges =>
        new()
        {
            { PproEventKind.ChargeCreated, "charge Pending", "" },
            { PproEventKind.ChargeAuthenticationPending, "charge Pending", "" },
            { PproEventKind.ChargeProviderConfirmationPending, "charge Pending", "" },
            { PproEventKind.ChargeAuthorizationSucceeded, "charge Pending", "" },
            { PproEventKind.ChargeAuthorizationFailed, "charge Pending read now", "" },
            { PproEventKind.ChargeCaptureSucceeded, "charge Captured captured 9900", "" },
            { PproEventKind.ChargeCaptureFailed, "charge Pending", "" },
            { PproEventKind.ChargeVoidSucceeded, "charge Pending read now", "" },
            { PproEventKind.ChargeVoidFailed, "charge Pending", "" },
            { PproEventKind.ChargeDiscarded, "charge Pending read now", "" },
            { PproEventKind.ChargeDiscardFailed, "charge Pending", "" },
            { PproEventKind.RefundPending, "", "refund Pending" },
            { PproEventKind.RefundSucceeded, "", "refund Refunded refunded 100" },
            { PproEventKind.RefundFailed, "", "refund Pending read now" },
            { PproEventKind.FundsStateChanged, "charge InDoubt funds A_STATE", "charge Captured funds A_STATE" },
            { PproEventKind.ChargebackSucceeded, "a person", "a person" },
        };

    [Theory]
    [MemberData(nameof(OnAgreements))]
    public void What_an_event_does_to_an_agreement(PproEventKind kind, string effect) =>
        Assert.Equal(effect, Effect(A.Begun(), A.Begun().Apply(A.Event(kind), null, Later)));

    [Theory]
    [MemberData(nameof(OnCharges))]
    public void What_an_event_does_to_an_open_charge_and_to_a_captured_one_with_an_open_refund(
        PproEventKind kind,
        string open,
        string captured
    )
    {
        var happened = A.ChargeEvent(kind) with
        {
            RefundProviderId = "refund_1",
            RefundReference = "ref",
            FundsOperationId = "capture_1",
            FundsState = "A_STATE",
        };
        var (refunding, charge) = Refunding();

        Assert.Equal(open, Effect(A.Charging(), A.Charging().Apply(happened, A.Charging().Open[0], Later)));
        Assert.Equal(captured, Effect(refunding, refunding.Apply(happened, charge, refunding.OpenRefunds[0], Later)));
    }

    [Fact]
    public void Every_type_is_in_one_of_the_two_tables()
    {
        var kinds = OnAgreements.Concat(OnCharges).Select(row => (PproEventKind)row[0]).ToList();

        Assert.Equal(Enum.GetValues<PproEventKind>().Order(), kinds.Order());
        Assert.Equal(30 + 1, kinds.Count);
    }

    private static string Effect(Agreement before, Change change)
    {
        var after = change.Agreement;
        List<string> words = [];
        if (after.Status != before.Status)
        {
            words.Add($"{after.Status}");
        }

        foreach (var fact in change.Facts)
        {
            words.Add(
                fact switch
                {
                    Fact.AttemptMoved { Attempt: var it } => $"charge {it.State}{Now(it)}{Funds(it)}",
                    Fact.RefundMoved { Refund: var it } => $"refund {it.State}{Now(it)}",
                    Fact.MoneyMoved { RefundId: null } it => $"captured {it.MinorUnits}",
                    Fact.MoneyMoved it => $"refunded {it.MinorUnits}",
                    _ => fact.GetType().Name,
                }
            );
        }

        if (after.Provider.RecheckAt == Later)
        {
            words.Add("read now");
        }

        if (after.WhyStopped() is not null)
        {
            words.Add("a person");
        }

        return string.Join(' ', words);
    }

    private static string Now(Outgoing it) => it.RecheckAt == Later ? " read now" : string.Empty;

    private static string Funds(Attempt it) => string.Concat(it.Funds.Select(funds => $" funds {funds.State}"));

    private static (Agreement, Attempt) Refunding()
    {
        var charging = A.Charging();
        var paid = charging.Hear(charging.Open[0], A.Captured(), A.Rules, A.Morning);
        var id = Refund.IdOf(paid.Moved().Key, "ref");
        var claimed = paid.Agreement.ClaimRefund(
            paid.Moved(),
            new(100, "KRW"),
            new(id, "ref", "key", "{}"u8.ToArray()),
            A.Morning
        );
        return (claimed.Agreement, claimed.Moved());
    }
}
