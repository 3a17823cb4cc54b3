using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace LocalHost.Rpc;

/// <summary>Says what the worker logs, in its order, each line with the invocation that it belongs to.</summary>
internal sealed class WorkerLogs(ILoggerFactory loggers)
{
    private readonly ConcurrentDictionary<string, ILogger> known = new();

    public void Write(RpcLog line)
    {
        if (line.Level is RpcLog.Types.Level.None)
        {
            return;
        }

        var logger = known.GetOrAdd(line.Category, loggers.CreateLogger);
        var level = (LogLevel)line.Level;
        if (logger.IsEnabled(level))
        {
            logger.Log(level, EventOf(line.EventId), TextOf(line), null, static (text, _) => text);
        }
    }

    private static string TextOf(RpcLog line)
    {
        var message = line.InvocationId.Length is 0 ? line.Message : $"{line.Message} [{line.InvocationId}]";
        return line.Exception is { Message.Length: > 0 } exception ? $"{message}\n{exception.Message}" : message;
    }

    /// <summary>Its number or its name, whichever the worker sent.</summary>
    private static EventId EventOf(string text) =>
        int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var id) ? new(id) : new(0, text);
}
