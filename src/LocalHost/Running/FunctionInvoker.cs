using System.Globalization;
using System.Reflection;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.DependencyInjection;

namespace LocalHost.Running;

/// <summary>Runs a function: its class is made anew in a scope of its own, and its parameters are filled.</summary>
internal sealed class FunctionInvoker(IServiceProvider services)
{
    private int running;

    /// <summary>How many functions run now.</summary>
    public int Running => Volatile.Read(ref running);

    public async Task<object?> InvokeAsync(
        FunctionDescriptor function,
        object trigger,
        IReadOnlyDictionary<string, object?> values,
        CancellationToken cancellationToken
    )
    {
        Interlocked.Increment(ref running);
        try
        {
            await using var scope = services.CreateAsyncScope();
            var context = new LocalContext(function.Name, scope.ServiceProvider, cancellationToken);
            var instance = ActivatorUtilities.CreateInstance(scope.ServiceProvider, function.Method.DeclaringType!);
            var arguments = function
                .Method.GetParameters()
                .Select(parameter =>
                    parameter == function.TriggerParameter ? trigger : ValueOf(parameter, context, values)
                )
                .ToArray();
            return await ResultOfAsync(function.Method.Invoke(instance, arguments));
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    private static object? ValueOf(
        ParameterInfo parameter,
        LocalContext context,
        IReadOnlyDictionary<string, object?> values
    )
    {
        if (parameter.ParameterType == typeof(CancellationToken))
        {
            return context.CancellationToken;
        }

        if (parameter.ParameterType == typeof(FunctionContext))
        {
            return context;
        }

        return values.TryGetValue(parameter.Name!, out var value)
            ? Convert.ChangeType(value, parameter.ParameterType, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException(
                $"Nothing fills the parameter {parameter.Name} of {context.FunctionDefinition.Name}."
            );
    }

    private static async Task<object?> ResultOfAsync(object? returned)
    {
        if (returned is not Task task)
        {
            return returned;
        }

        await task;
        return task.GetType().GetProperty(nameof(Task<>.Result))?.GetValue(task);
    }

    private sealed class LocalContext(string name, IServiceProvider services, CancellationToken token) : FunctionContext
    {
        public override string InvocationId { get; } = Guid.NewGuid().ToString();

        public override CancellationToken CancellationToken => token;

        public override IServiceProvider InstanceServices { get; set; } = services;

        public override FunctionDefinition FunctionDefinition { get; } = new Definition(name);
    }

    private sealed class Definition(string name) : FunctionDefinition
    {
        public override string Name => name;
    }
}
