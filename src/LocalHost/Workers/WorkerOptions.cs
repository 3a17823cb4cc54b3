using LocalHost.Settings;
using Microsoft.Extensions.Configuration;

namespace LocalHost.Workers;

/// <summary>How long a worker may take; all of it can be set, as <c>LocalHost:…</c>.</summary>
internal sealed record WorkerOptions
{
    /// <summary>From its start until it opens its stream.</summary>
    public TimeSpan ConnectsWithin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Each of its answers until it is ready.</summary>
    public TimeSpan AnswersWithin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a request is held while no worker is ready.</summary>
    public TimeSpan RequestsWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From being told to end until it is killed.</summary>
    public TimeSpan EndsWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long what runs may take when the host ends.</summary>
    public TimeSpan DrainsWithin { get; init; } = TimeSpan.FromSeconds(30);

    public static WorkerOptions Read(IConfigurationSection section)
    {
        var fallback = new WorkerOptions();
        return new()
        {
            ConnectsWithin = section.Span("WorkerConnectsWithin", fallback.ConnectsWithin),
            AnswersWithin = section.Span("WorkerAnswersWithin", fallback.AnswersWithin),
            RequestsWait = section.Span("RequestsWait", fallback.RequestsWait),
            EndsWithin = section.Span("WorkerEndsWithin", fallback.EndsWithin),
            DrainsWithin = section.Span("DrainsWithin", fallback.DrainsWithin),
        };
    }
}
