namespace JourneyKit;

/// <summary>
/// Stands at every place where the journey reaches outside: it may hold the work there, let it die, or only count.
/// </summary>
public interface IEffectWatch
{
    Task BeforeAsync(Effect effect);

    /// <summary>The effect has happened; its answer has not reached the caller yet.</summary>
    Task AfterAsync(Effect effect);
}

/// <summary>One reach outside.</summary>
/// <param name="Kind">Where to.</param>
/// <param name="What">The call and its target, readable: <c>commit agreements</c>, <c>put due-agreements</c>.</param>
public sealed record Effect(EffectKind Kind, string What);

public enum EffectKind
{
    Tables,
    Queues,
    Ppro,
}

/// <summary>Lets everything pass.</summary>
public sealed class NoWatch : IEffectWatch
{
    public Task BeforeAsync(Effect effect) => Task.CompletedTask;

    public Task AfterAsync(Effect effect) => Task.CompletedTask;
}
