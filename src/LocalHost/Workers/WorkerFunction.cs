using System.Text.RegularExpressions;
using LocalHost.Rpc;
using Microsoft.Extensions.Configuration;

namespace LocalHost.Workers;

/// <summary>What makes a function run.</summary>
internal abstract record Trigger
{
    public abstract string Describe(string url);
}

internal sealed record HttpTrigger(IReadOnlyList<string> Methods, string Route, bool IsOpen) : Trigger
{
    public override string Describe(string url) => $"[{string.Join(',', Methods)}] {url}/{Route}";
}

/// <summary>A message goes whole to a parameter that can take it so, and else as text.</summary>
internal sealed record QueueTrigger(string QueueName, string Connection, bool IsWhole) : Trigger
{
    public override string Describe(string url) => $"queueTrigger: {QueueName}";
}

internal sealed record TimerTrigger(string Schedule) : Trigger
{
    public override string Describe(string url) => $"timerTrigger: {Schedule}";
}

/// <summary>A function as the worker tells of it: its trigger, and the parameter that the trigger fills.</summary>
internal sealed record WorkerFunction(string Id, string Name, string Parameter, Trigger Trigger);

/// <summary>Reads what the worker tells, and refuses what cannot run here.</summary>
internal sealed partial class WorkerFunctions(IConfiguration configuration, string routePrefix)
{
    private static readonly string[] Reserved = ["admin", "runtime"];

    public IReadOnlyList<WorkerFunction> Read(IEnumerable<RpcFunctionMetadata> told)
    {
        var functions = told.Select(Read).OrderBy(it => it.Name, StringComparer.Ordinal).ToList();
        RefuseTwins(functions);
        return functions;
    }

    private WorkerFunction Read(RpcFunctionMetadata function)
    {
        var bindings = function.RawBindings.Select(text => new RawBinding(function.Name, text)).ToList();
        var trigger =
            bindings.Find(it => it.Type.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase))
            ?? throw new LocalHostException($"Function {function.Name} has no trigger.");
        return new(function.FunctionId, function.Name, trigger.Name, TriggerOf(function.Name, trigger));
    }

    private Trigger TriggerOf(string function, RawBinding binding) =>
        binding.Type.ToUpperInvariant() switch
        {
            "HTTPTRIGGER" => HttpOf(function, binding),
            "QUEUETRIGGER" => new QueueTrigger(
                Resolve(binding.Text("queueName") ?? throw Lacks(function, "queueName")),
                binding.Text("connection") is { Length: > 0 } connection ? connection : "AzureWebJobsStorage",
                binding.IsDeferred
            ),
            "TIMERTRIGGER" when binding.IsSet("runOnStartup") => throw new LocalHostException(
                $"Function {function} asks for RunOnStartup, which would run it at every restart."
            ),
            "TIMERTRIGGER" => new TimerTrigger(Resolve(binding.Text("schedule") ?? throw Lacks(function, "schedule"))),
            _ => throw new LocalHostException(
                $"Function {function} has a {binding.Type}; this host knows httpTrigger, queueTrigger and timerTrigger."
            ),
        };

    private HttpTrigger HttpOf(string function, RawBinding binding)
    {
        var route = binding.Text("route") ?? function;
        if (Reserved.Contains(route.Split('/')[0], StringComparer.OrdinalIgnoreCase))
        {
            throw new LocalHostException(
                $"Function {function} has the route {route}: admin and runtime are the host's."
            );
        }

        return new(
            [.. binding.Texts("methods").Select(it => it.ToUpperInvariant())],
            routePrefix.Length is 0 ? route : $"{routePrefix}/{route}",
            string.Equals(binding.Text("authLevel"), "Anonymous", StringComparison.OrdinalIgnoreCase)
        );
    }

    private static void RefuseTwins(List<WorkerFunction> functions)
    {
        if (functions.CountBy(it => it.Name).FirstOrDefault(it => it.Value > 1) is { Key: { } twice })
        {
            throw new LocalHostException($"Two functions are named {twice}; names must be unique.");
        }

        var routes = functions
            .Where(it => it.Trigger is HttpTrigger)
            .SelectMany(it =>
            {
                var http = (HttpTrigger)it.Trigger;
                return MethodsOf(http)
                    .Select(method => (Route: $"{method} {Parameter().Replace(http.Route, "{")}", it.Name));
            });
        var twins = routes
            .GroupBy(it => it.Route, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(it => it.Count() > 1);
        if (twins is not null)
        {
            var names = string.Join(" and ", twins.Select(it => it.Name));
            throw new LocalHostException($"The functions {names} have one route: {twins.Key}.");
        }
    }

    private static IReadOnlyList<string> MethodsOf(HttpTrigger http) =>
        http.Methods.Count is 0 ? ["ANY"] : http.Methods;

    private static LocalHostException Lacks(string function, string what) => new($"Function {function} has no {what}.");

    /// <summary>Replaces <c>%Setting%</c> by the setting's value, as the Functions host does.</summary>
    private string Resolve(string text) =>
        Setting()
            .Replace(
                text,
                match =>
                    configuration[match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal)]
                    ?? throw new LocalHostException($"The setting {match.Groups[1].Value} is not set.")
            );

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Setting();

    [GeneratedRegex(@"\{[^}:]+")]
    private static partial Regex Parameter();
}
