namespace Billing;

/// <summary>Refunds that nobody asks for anew: those that PPRO wants later, and those that are owed.</summary>
public sealed partial record Agreement
{
    /// <summary>
    /// The refund that PPRO wanted later is asked for again, under a new reference. What it reserved stays reserved;
    /// when the charge's period is over it has failed.
    /// </summary>
    public Change ClaimRefundAgain(string id, Attempt charge, RefundIntent intent, DateTimeOffset now)
    {
        if (FindOpenRefund(id) is not { State: RefundState.Deferred } deferred)
        {
            return Change.None(this);
        }

        var failed = deferred with { State = RefundState.Failed, RecheckAt = null };
        if (now >= charge.RefundableUntil(MethodOf()))
        {
            return MoveRefund(deferred, failed, charge, now, "too late to ask again");
        }

        var again = Intend(charge, deferred.Amount, intent, now) with
        {
            IsOwed = deferred.IsOwed,
            Number = deferred.Number + 1,
            FirstId = deferred.FirstId ?? deferred.Id,
        };
        var replaced = (failed with { RetriedAs = again.Id }).Noting(now, $"asked for again as {again.Id}");
        return Change.To(
            this with
            {
                OpenRefunds = OpenRefunds.RemoveAll(it => it.Id == id).Add(again),
            },
            new Fact.RefundMoved(replaced),
            new Fact.NewRefund(again, intent.Body)
        ) with
        {
            Claim = new(again.Id, 1, now) { Body = intent.Body },
        };
    }

    /// <summary>The first charge of an agreement that was closed before it became active goes back, in full.</summary>
    public Change ClaimOwedRefund(Attempt charge, RefundIntent intent, DateTimeOffset now)
    {
        if (LateCapture is not { } late || late.ChargeKey != charge.Key)
        {
            return Change.None(this);
        }

        var settled = this with { LateCapture = null };
        var rest = charge.RefundableMinorUnits;
        return (rest, WhyNoRefund(charge, rest, now)) switch
        {
            (0, _) => Change.To(settled),
            (_, null) => settled.ClaimRefund(charge, new(rest, charge.Amount.Currency), intent, now, isOwed: true),
            (_, RefundHindrance.Unsettled or RefundHindrance.TooManyOpen) => Change.To(
                this with
                {
                    LateCapture = late with { RefundAt = now + Postponed },
                }
            ),
            _ => settled.CallForAPerson(charge.Key, "the late first charge could not be refunded", now),
        };
    }
}
