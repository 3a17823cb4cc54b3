using System.Reflection;
using Flows.Settings;
using Microsoft.Extensions.Logging;

namespace Infra.Tests;

/// <summary>What the app says of itself, by the names that arrive with the lines.</summary>
internal static class LogEvents
{
    private static readonly IReadOnlyList<(string Name, LoggerMessageAttribute Message)> Messages =
    [
        .. typeof(PproOptions)
            .Assembly.GetType("Flows.Log", throwOnError: true)!
            .GetMethods()
            .Select(it => (it.Name, it.GetCustomAttribute<LoggerMessageAttribute>()!))
            .Where(it => it.Item2 is not null)
            .Select(it => (it.Item2.EventName ?? it.Name, it.Item2)),
    ];

    public static IEnumerable<string> All => Messages.Select(it => it.Name);

    public static IEnumerable<string> Errors =>
        Messages.Where(it => it.Message.Level >= LogLevel.Error).Select(it => it.Name);
}
