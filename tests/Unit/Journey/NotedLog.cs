using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Unit.Tests.JourneyTests;

/// <summary>The names of the log events of a run.</summary>
internal sealed class NotedLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> names = [];

    public IReadOnlyList<string> Names => [.. names];

    public void AddTo(ILoggingBuilder logging) => logging.AddProvider(this);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => names.Enqueue(eventId.Name ?? string.Empty);

    public void Dispose() { }
}
