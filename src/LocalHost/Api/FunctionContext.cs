namespace LocalHost;

/// <summary>One run of a function.</summary>
public abstract class FunctionContext
{
    public abstract string InvocationId { get; }

    public abstract CancellationToken CancellationToken { get; }

    public abstract IServiceProvider InstanceServices { get; set; }

    public abstract FunctionDefinition FunctionDefinition { get; }
}

public abstract class FunctionDefinition
{
    public abstract string Name { get; }
}
