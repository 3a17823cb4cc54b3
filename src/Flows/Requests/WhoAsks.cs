namespace Flows.Requests;

/// <summary>Who operates: an operator whose key has the name, or whoever sits at this machine.</summary>
public sealed record WhoAsks
{
    private readonly string? name;

    private WhoAsks(string? name) => this.name = name;

    /// <summary>Somebody whom no key names: only a local run lets such a one in.</summary>
    public static WhoAsks AtThisMachine { get; } = new((string?)null);

    /// <summary>The operator whose key came with the request.</summary>
    public static WhoAsks Named(string name) => new(name);

    /// <summary>True when nobody but the body says who asks.</summary>
    internal bool HasToDeclare => name is null;

    /// <summary>
    /// Who is recorded: the key's name, whatever the body says; without a key it is seen that there was none.
    /// </summary>
    internal string ActorOf(string? declared) => name ?? $"local:{declared}";
}
