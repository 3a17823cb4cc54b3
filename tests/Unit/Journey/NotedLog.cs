using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Unit.Tests.JourneyTests;

/// <summary>The log events of a run, by name and with what they say.</summary>
internal sealed class NotedLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> names = [];
    private readonly ConcurrentQueue<string> texts = [];

    public IReadOnlyList<string> Names => [.. names];

    public IReadOnlyList<string> Texts => [.. texts];

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
    )
    {
        names.Enqueue(eventId.Name ?? string.Empty);
        texts.Enqueue($"{formatter(state, exception)} {exception}");
    }

    public void Dispose() { }
}
