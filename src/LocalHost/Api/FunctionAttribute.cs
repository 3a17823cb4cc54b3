namespace LocalHost;

/// <summary>Names a method that a trigger runs. The same shape as the Functions worker's attribute.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FunctionAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
