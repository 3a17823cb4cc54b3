namespace Simulation.Tests;

/// <summary>What goes wrong, or is done, beside the faults of one effect; counted, so that we see that it happens.</summary>
internal enum Happening
{
    /// <summary>Someone else's commit came first (412 or 409).</summary>
    ConflictAtStorage,

    /// <summary>A resend is answered 401: that proves nothing of the first send.</summary>
    RefusedResend,

    FrozenForHours,

    /// <summary>Someone who was held up past its wake-up met one more fault, in a history that is walked.</summary>
    HeldUpAndMore,
    MessageDoubled,
    MessageOvertaken,

    /// <summary>Handed out again, because its function never ended.</summary>
    MessageAgain,
    MessagePoisoned,
    WebhookLost,
    WebhookDoubled,
    WebhookLate,
    WebhookLateForDays,
    WebhookOvertaken,
    TwoTimers,
    TimerMissed,
    ClockAhead,
    ClockBack,
    PproOutage,
    PproOutageOverADay,
    StorageOutage,
    Deployment,
    AllHostsDown,
    RevokedMidCharge,
    Revoked,
    Cancelled,

    /// <summary>By the setting that ends what is not paid.</summary>
    EndedUnpaid,
    Paused,
    Resumed,
    Refunded,

    /// <summary>By someone else, in PPRO's portal.</summary>
    RefundedInPortal,
    TermsChanged,
    PeriodRetried,
    PeriodChargedByHand,
    PeriodSkipped,
    ChargingStopped,
    ChargingStarted,

    /// <summary>A day's cap is used up by what left.</summary>
    CapReached,

    /// <summary>A slice of the daily walk, in the midst of it all.</summary>
    Walk,

    /// <summary>One request made two charges.</summary>
    TwinCharged,

    /// <summary>The same, under a reference that the shop chose.</summary>
    TwinOfShopCharged,

    /// <summary>Another amount or currency than was asked for.</summary>
    CapturedOther,

    /// <summary>A charge had failed, and was captured later.</summary>
    CapturedAfterAll,

    /// <summary>A refund had succeeded, and failed later.</summary>
    RefundFailedLater,
    RefundFundsRejected,

    /// <summary>At least one revocation failed before.</summary>
    RevocationFailedAgain,
    ReadsLagBehind,

    /// <summary>400 to everything, for hours.</summary>
    EverythingRefused,

    /// <summary>403 to what would change one agreement, for hours or days.</summary>
    OneAgreementRefused,

    /// <summary>The same, to reads of it too.</summary>
    OneAgreementUnread,

    /// <summary>401 to everything, reads too, for hours.</summary>
    CredentialsRefused,

    /// <summary>A person stops charging while a worker finds that it may start again.</summary>
    StoppedAtRecovery,

    /// <summary>A decline of many thousand letters.</summary>
    LongWordsOfPpro,

    /// <summary>An operator closes an exception.</summary>
    ExceptionClosed,

    /// <summary>The shop cancels while the consumer still decides.</summary>
    CancelledDuringApproval,

    /// <summary>A cancel at the end of the period, before it happened.</summary>
    CancelTakenBack,

    /// <summary>An old event was thrown away.</summary>
    EventPurged,

    /// <summary>A refund was asked for when its charge could no longer be refunded.</summary>
    RefundTooLate,

    /// <summary>Two agreements with one charge reference that their shop chose.</summary>
    ReferenceShared,

    /// <summary>At the end all events of the history are applied once more, in two orders, and compared.</summary>
    EventsReordered,
}
