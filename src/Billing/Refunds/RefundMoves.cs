namespace Billing;

/// <summary>The one way in which a stored refund changes, and what follows for its charge and for the sums.</summary>
internal static class RefundMoves
{
    /// <summary>What calls for a person: what is owed stays owed.</summary>
    internal const string NotGivenBack = "the late first charge could not be refunded";

    /// <summary>PPRO made it, and took that back.</summary>
    internal const string FailedAfterAll = "a refund failed after it had been made";

    /// <summary>What is heard of its making is older than that it has failed.</summary>
    internal const string FailedSince = "made, and failed since";

    /// <summary>PPRO made it, and the money did not stay with the consumer.</summary>
    internal const string SentBack = "the consumer's bank sent a refund back";

    /// <summary>
    /// The one way in which a stored refund changes; what it holds of its charge, what it has given back and the open
    /// refunds follow from it.
    /// </summary>
    /// <param name="before">As it was; null for one that is adopted.</param>
    /// <param name="refund">As it is now.</param>
    /// <param name="charge">The charge that it is of, as its row is.</param>
    /// <param name="now">The time.</param>
    /// <param name="what">What happened, for people.</param>
    internal static Change MoveRefund(
        this Agreement agreement,
        Refund? before,
        Refund refund,
        Attempt charge,
        DateTimeOffset now,
        string what
    )
    {
        var givenBack = refund.GivenBack - (before?.GivenBack ?? 0);
        var held = refund.Holds - (before?.Holds ?? 0);
        var noted = refund.Noting(now, what) with { Moves = refund.Moves + (givenBack is 0 ? 0 : 1) };
        var rest = agreement.OpenRefunds.RemoveAll(it => it.Id == noted.Id);
        var reserved = charge.Reserving(held);
        var next = agreement.WithOpen(reserved) with // A refund's event may come before that of its capture.
        {
            OpenRefunds = noted.IsOpen ? rest.Add(noted) : rest,
            RefundedMinorUnits = agreement.RefundedMinorUnits + givenBack,
        };
        if (noted is { TookNothing: true, IsOwed: true })
        {
            next = next.StoppedBy(charge.Key, NotGivenBack, now);
        }

        Fact fact = before is null ? new Fact.NewRefund(noted, default) : new Fact.RefundMoved(noted);
        var change = Change.To(next, fact);
        change = held is 0 ? change : change.With(new Fact.AttemptMoved(reserved));
        return givenBack is 0 ? change : change.With(MoneyOf(noted, givenBack, now));
    }

    private static Fact.MoneyMoved MoneyOf(Refund refund, long givenBack, DateTimeOffset now) =>
        new(refund.ChargeKey, refund.Id, refund.ProviderId, givenBack, now) { Number = refund.Moves };

    /// <summary>Of how its method is refunded.</summary>
    internal static MethodRules MethodOf(this Agreement agreement) => MethodRules.Of(agreement.Terms.PaymentMethod);
}
