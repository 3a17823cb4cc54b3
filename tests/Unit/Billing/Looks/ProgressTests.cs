using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>A step that finds nothing still moves the agenda on: a look never turns in a circle.</summary>
public sealed class ProgressTests
{
    private const string Key = "20260115-1";

    [Fact]
    public void A_pending_charge_without_an_id_that_a_search_does_not_find_is_looked_for_again_later()
    {
        var pending = WithOpen(it => it with { State = AttemptState.Pending });

        var looked = pending.NotFound(Key, maySend: true, A.Rules, Later).Agreement;

        Assert.True(Agenda.NextLookAt(looked, A.Rules, Later) > Later);
        Assert.Equal(AttemptState.Pending, looked.FindOpen(Key)!.State);
    }

    [Fact]
    public void A_first_charge_that_an_event_made_known_is_looked_for_again_later()
    {
        var begun = A.WithInitialCharge();
        var waiting = Assert.Single(begun.Open);
        var heard = begun.Apply(A.ChargeEvent(PproEventKind.ChargeCreated), waiting, A.Morning).Agreement;
        Assert.Equal((AttemptState.Pending, null), (heard.Open[0].State, heard.Open[0].LastClaimedAt));

        var looked = heard.Looked(waiting.Key, Later).Agreement;

        Assert.True(looked.Open[0].NextLookAt > Later);
    }

    [Fact]
    public void An_unsent_charge_of_an_agreement_with_an_exception_waits_for_a_person()
    {
        var unsent = WithOpen(it => it with { State = AttemptState.Unsent, Sends = 0 }) with
        {
            Stops = [new("agreement", "two charges", A.Morning)],
        };

        Assert.Null(Agenda.DueStep(unsent, A.Rules, Later));
        Assert.NotNull(unsent.FindOpen(Key));
        var accepted = unsent.AcceptStop("agreement", "two charges").Agreement;
        Assert.IsType<LookStep.Send>(Agenda.DueStep(accepted, A.Rules, Later));
    }

    [Fact]
    public void A_period_waits_without_a_look_a_minute_while_too_many_charges_are_open()
    {
        var now = A.Seoul("2026-02-15T12:00");
        var free = A.Planned(plan => plan with { NextPeriod = 1 });
        var pending = A.Charging().Open[0] with { State = AttemptState.Pending, LastLookAt = now, Period = null };
        var full = free with
        {
            Open = [.. Enumerable.Range(1, Agreement.MaxOpen).Select(number => pending with { Key = $"s-{number}" })],
        };

        Assert.IsType<LookStep.Charge>(Agenda.DueStep(free, A.Rules, now));
        Assert.Null(Agenda.DueStep(full, A.Rules, now));
        Assert.True(Agenda.NextLookAt(full, A.Rules, now) > now);
    }

    [Fact]
    public void A_recheck_that_PPRO_does_not_answer_is_tried_again_in_ten_minutes()
    {
        var charging = A.Charging();
        var agreement = charging with { Provider = charging.Provider with { RecheckAt = Later } };

        var tried = agreement.ReadFailed(Later).Agreement;

        Assert.Equal(Later.AddMinutes(10), tried.Provider.RecheckAt);
    }

    [Fact]
    public void Two_charges_at_PPRO_for_one_attempt_stop_the_agreement()
    {
        var known = WithOpen(it => it with { ProviderId = "charge_1" });
        var second = new ChargeReading
        {
            ProviderId = "charge_2",
            Status = ChargeStatus.Captured,
            StatusWord = "CAPTURED",
        };

        var heard = known.Hear(known.FindOpen(Key)!, second, A.Rules, Later).Agreement;

        Assert.False(heard.MayCharge);
        Assert.Contains("charge_2", heard.WhyStopped(), StringComparison.Ordinal);
    }

    private static DateTimeOffset Later { get; } = A.Morning.AddHours(1);

    private static Agreement WithOpen(Func<Attempt, Attempt> change)
    {
        var charging = A.Charging();
        return charging with { Open = [change(charging.FindOpen(Key)!)] };
    }
}
