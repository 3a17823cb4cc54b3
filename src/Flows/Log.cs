using Billing;
using Microsoft.Extensions.Logging;

namespace Flows;

/// <summary>Everything the journey says of itself: ids and codes, never names, bodies, headers or secrets.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Agreement {Agreement} sent to PPRO, time {Sends}: {Answer}.")]
    public static partial void AgreementSent(this ILogger logger, AgreementId agreement, int sends, string answer);

    [LoggerMessage(2, LogLevel.Information, "Charge {Key} of {Agreement} sent to PPRO, time {Sends}: {Answer}.")]
    public static partial void ChargeSent(
        this ILogger logger,
        AgreementId agreement,
        string key,
        int sends,
        string answer
    );

    [LoggerMessage(4, LogLevel.Information, "Looked at {Agreement}: {Steps} steps, next look at {NextLookAt}.")]
    public static partial void Looked(
        this ILogger logger,
        AgreementId agreement,
        int steps,
        DateTimeOffset? nextLookAt
    );

    [LoggerMessage(5, LogLevel.Warning, "A look was asked for {Agreement}, which does not exist.")]
    public static partial void NothingToLookAt(this ILogger logger, AgreementId agreement);

    [LoggerMessage(6, LogLevel.Warning, "PPRO could not be read for {Agreement}: {Answer}.")]
    public static partial void ReadFailed(this ILogger logger, AgreementId agreement, string answer);

    [LoggerMessage(7, LogLevel.Information, "Event {EventId} ({Type}) applied to {Agreement}: {Effect}.")]
    public static partial void EventApplied(
        this ILogger logger,
        string eventId,
        string type,
        AgreementId agreement,
        string effect
    );

    [LoggerMessage(8, LogLevel.Information, "Event {EventId} ({Type}) had been applied to {Agreement} before.")]
    public static partial void EventRepeated(this ILogger logger, string eventId, string type, AgreementId agreement);

    [LoggerMessage(9, LogLevel.Warning, "Event {EventId} ({Type}) quarantined: {Reason}.")]
    public static partial void EventQuarantined(this ILogger logger, string eventId, string type, string reason);

    [LoggerMessage(10, LogLevel.Warning, "A webhook was refused: {Reason}.")]
    public static partial void WebhookRefused(this ILogger logger, string reason);

    [LoggerMessage(11, LogLevel.Error, "A webhook could not be queued; PPRO will repeat it.")]
    public static partial void WebhookNotQueued(this ILogger logger, Exception exception);

    [LoggerMessage(12, LogLevel.Information, "{Count} agreements are due.")]
    public static partial void Due(this ILogger logger, int count);

    [LoggerMessage(13, LogLevel.Error, "Looking at {Agreement} failed too often; it is looked at again in 15 minutes.")]
    public static partial void LookPoisoned(this ILogger logger, AgreementId agreement);

    [LoggerMessage(14, LogLevel.Error, "Agreement {Agreement} has an exception about {Subject}: {Reason}.")]
    public static partial void ExceptionRaised(
        this ILogger logger,
        AgreementId agreement,
        string subject,
        string reason
    );

    [LoggerMessage(26, LogLevel.Error, "The step '{Step}' of {Agreement} failed; the others go on.")]
    public static partial void StepFailed(
        this ILogger logger,
        Exception? exception,
        AgreementId agreement,
        string step
    );

    [LoggerMessage(17, LogLevel.Information, "Refund {Refund} of {Agreement} sent to PPRO, time {Sends}: {Answer}.")]
    public static partial void RefundSent(
        this ILogger logger,
        AgreementId agreement,
        string refund,
        int sends,
        string answer
    );

    [LoggerMessage(16, LogLevel.Error, "Nothing is charged, {Agreement} among others: {Why}.")]
    public static partial void ChargingRefused(this ILogger logger, AgreementId agreement, string why);

    [LoggerMessage(18, LogLevel.Error, "Charging is stopped by {Actor}: {Why}.")]
    public static partial void ChargingStopped(this ILogger logger, string actor, string why);

    [LoggerMessage(19, LogLevel.Warning, "Charging is started again by {Actor}.")]
    public static partial void ChargingStarted(this ILogger logger, string actor);

    [LoggerMessage(20, LogLevel.Warning, "{Key} of {Agreement} was not sent after all: {Why}.")]
    public static partial void NotSent(this ILogger logger, AgreementId agreement, string key, string why);

    [LoggerMessage(21, LogLevel.Error, "Nobody held the next look of {Agreement}, due at {NextLookAt}: re-armed.")]
    public static partial void BatonLost(this ILogger logger, AgreementId agreement, DateTimeOffset? nextLookAt);

    [LoggerMessage(22, LogLevel.Error, "The walk could not visit {Agreement}; the next round comes by again.")]
    public static partial void VisitFailed(this ILogger logger, Exception exception, AgreementId agreement);

    [LoggerMessage(
        23,
        LogLevel.Information,
        "Walked by {Visited}; in this round {Rearmed} re-armed, {Open} unexplained."
    )]
    public static partial void Walked(this ILogger logger, int visited, int rearmed, int open);

    [LoggerMessage(24, LogLevel.Warning, "{Actor} closed {Subject} of {Agreement}.")]
    public static partial void ExceptionClosed(
        this ILogger logger,
        AgreementId agreement,
        string actor,
        string subject
    );

    [LoggerMessage(25, LogLevel.Warning, "After {Taken} steps {Agreement} still has to {Step}: the next look goes on.")]
    public static partial void StepsLeft(this ILogger logger, AgreementId agreement, int taken, LookStep step);

    [LoggerMessage(30, LogLevel.Warning, "Event {EventId} ({Type}) has a word that we do not know: {Word}.")]
    public static partial void UnknownWord(this ILogger logger, string eventId, string type, string word);

    [LoggerMessage(31, LogLevel.Error, "{Count} messages of {Queue}, which had failed five times, are handled now.")]
    public static partial void PoisonEmptied(this ILogger logger, string queue, int count);

    [LoggerMessage(32, LogLevel.Error, "Message {Message} of {Queue} cannot be handled yet and stays.")]
    public static partial void PoisonStays(this ILogger logger, Exception exception, string queue, string message);

    [LoggerMessage(33, LogLevel.Information, "{Actor} replayed event {EventId} ({Type}): {Outcome}.")]
    public static partial void EventReplayed(
        this ILogger logger,
        string actor,
        string eventId,
        string type,
        string outcome
    );

    [LoggerMessage(
        35,
        LogLevel.Warning,
        "An operators' route was asked without an operator's key, or with a wrong one."
    )]
    public static partial void OperatorRefused(this ILogger logger);

    [LoggerMessage(15, LogLevel.Error, "A message of {Queue} could not be read and was dropped.")]
    public static partial void UnreadableMessage(this ILogger logger, string queue);
}
