using Microsoft.Extensions.Logging;

namespace LocalHost.Running;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "Function {Function} failed.")]
    public static partial void FunctionFailed(this ILogger logger, Exception exception, string function);

    [LoggerMessage(2, LogLevel.Warning, "A message of {Queue} failed {Count} times and moves to {Poison}.")]
    public static partial void Poisoned(this ILogger logger, string queue, long count, string poison);

    [LoggerMessage(3, LogLevel.Warning, "Queue {Queue} could not be read; trying again.")]
    public static partial void QueueUnreadable(this ILogger logger, Exception exception, string queue);

    [LoggerMessage(4, LogLevel.Error, "A message of {Queue} failed.")]
    public static partial void MessageFailed(this ILogger logger, Exception exception, string queue);

    [LoggerMessage(5, LogLevel.Warning, "A message of {Queue} cannot be decoded (received {Count} times).")]
    public static partial void Undecodable(this ILogger logger, string queue, long count);

    [LoggerMessage(6, LogLevel.Warning, "A message of {Queue} could not be settled; it comes again.")]
    public static partial void MessageNotSettled(this ILogger logger, Exception exception, string queue);

    [LoggerMessage(7, LogLevel.Error, "The worker (process {Process}) ended, exit code {Code}; starting another.")]
    public static partial void WorkerEnded(this ILogger logger, int process, string code);

    [LoggerMessage(8, LogLevel.Information, "The worker is ready again (process {Process}).")]
    public static partial void WorkerStarted(this ILogger logger, int process);

    [LoggerMessage(9, LogLevel.Error, "{Reason} Trying again.")]
    public static partial void WorkerNotStarted(this ILogger logger, string reason);

    [LoggerMessage(10, LogLevel.Warning, "Function {Function} did not answer ({Error}).")]
    public static partial void NotForwarded(this ILogger logger, Exception? exception, string function, string error);
}
