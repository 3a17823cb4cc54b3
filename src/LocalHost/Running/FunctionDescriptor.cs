using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace LocalHost.Running;

/// <summary>A method with <c>[Function]</c>, and the trigger on its first parameter.</summary>
internal sealed partial record FunctionDescriptor(
    string Name,
    MethodInfo Method,
    ParameterInfo TriggerParameter,
    Attribute Trigger
)
{
    public static IReadOnlyList<FunctionDescriptor> Discover(Assembly assembly)
    {
        var functions = assembly
            .GetExportedTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null)
            .Select(Describe)
            .OrderBy(it => it.Name, StringComparer.Ordinal)
            .ToList();
        return functions.CountBy(it => it.Name).FirstOrDefault(it => it.Value > 1) is { Key: { } twice }
            ? throw new LocalHostException($"Two functions are named {twice}; names must be unique.")
            : functions;
    }

    /// <summary>Replaces <c>%Setting%</c> by the setting's value, as the Functions host does.</summary>
    public static string Resolve(string text, IConfiguration configuration) =>
        Setting()
            .Replace(
                text,
                match =>
                    configuration[match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal)]
                    ?? throw new LocalHostException($"The setting {match.Groups[1].Value} is not set.")
            );

    private static FunctionDescriptor Describe(MethodInfo method)
    {
        var name = method.GetCustomAttribute<FunctionAttribute>()!.Name;
        foreach (var parameter in method.GetParameters())
        {
            var trigger = parameter
                .GetCustomAttributes()
                .FirstOrDefault(it => it is HttpTriggerAttribute or QueueTriggerAttribute or TimerTriggerAttribute);
            if (trigger is TimerTriggerAttribute { RunOnStartup: true })
            {
                throw new LocalHostException(
                    $"Function {name} asks for RunOnStartup, which would run it at every restart."
                );
            }

            if (trigger is not null)
            {
                return new(name, method, parameter, trigger);
            }
        }

        throw new LocalHostException($"Function {name} has no trigger.");
    }

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Setting();
}
