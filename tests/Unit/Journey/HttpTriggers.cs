using System.Reflection;
using Functions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Unit.Tests.JourneyTests;

/// <summary>The app's HTTP triggers as its worker finds them, asked as its worker asks them.</summary>
internal sealed record HttpTriggers(MethodInfo Method, HttpTriggerAttribute Trigger)
{
    public static IReadOnlyList<HttpTriggers> All { get; } =
    [
        .. typeof(HealthFunction)
            .Assembly.GetTypes()
            .SelectMany(it => it.GetMethods())
            .Where(it => it.IsDefined(typeof(FunctionAttribute)))
            .Select(it => (Method: it, Trigger: TriggerOf(it)))
            .Where(it => it.Trigger is not null)
            .Select(it => new HttpTriggers(it.Method, it.Trigger!)),
    ];

    /// <summary>Its method and its route.</summary>
    public string Name => $"{Assert.Single(Trigger.Methods!)} {Trigger.Route}";

    public async Task<IResult> AskAsync(
        IServiceProvider services,
        HttpRequest request,
        IReadOnlyDictionary<string, string> values
    )
    {
        var function = ActivatorUtilities.CreateInstance(services, Method.DeclaringType!);
        object?[] arguments = [.. Method.GetParameters().Select(it => ArgumentOf(it, request, values))];
        return await (Task<IResult>)Method.Invoke(function, arguments)!;
    }

    private static object? ArgumentOf(
        ParameterInfo parameter,
        HttpRequest request,
        IReadOnlyDictionary<string, string> values
    ) =>
        parameter.ParameterType == typeof(HttpRequest) ? request
        : parameter.ParameterType == typeof(CancellationToken) ? CancellationToken.None
        : values.GetValueOrDefault(parameter.Name!);

    private static HttpTriggerAttribute? TriggerOf(MethodInfo method) =>
        method
            .GetParameters()
            .Select(it => it.GetCustomAttribute<HttpTriggerAttribute>())
            .FirstOrDefault(it => it is not null);
}
