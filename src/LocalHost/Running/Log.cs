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
}
