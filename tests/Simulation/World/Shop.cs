using Flows.Replies;

namespace Simulation.Tests;

/// <summary>The storefront's side of the API: asks a host, and asks again under the same key when it heard nothing.</summary>
internal sealed class Shop(World world, Actor actor)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);
    private readonly Random chance = Chance.Stream(world.Plan.Seed, 6);

    public Task WaitAsync(TimeSpan time) => world.Stage.ParkAsync(time);

    /// <summary>Until an answer that says something; null when all tries said nothing.</summary>
    public async Task<Reply?> InsistAsync(string name, int tries, Func<Host, Task<Reply>> call, Wish? wish = null)
    {
        for (var attempt = 1; attempt <= tries; attempt++)
        {
            var reply = await CallAsync(name, call, wish);
            world.Timeline.Say(actor.Name, $"{name}: {reply?.Status.ToString(null, null) ?? "no answer"}");
            if (reply is { Status: < 500 and not 429 } && !(reply.Status is 409 && reply.RetryAfter is not null))
            {
                return reply;
            }

            await WaitAsync(
                reply?.RetryAfter is { } seconds
                    ? TimeSpan.FromSeconds(seconds)
                    : chance.AnySize(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1))
            );
        }

        return null;
    }

    private Task<Reply?> CallAsync(string name, Func<Host, Task<Reply>> call, Wish? wish)
    {
        var answered = new TaskCompletionSource<Reply?>();
        world.Time.After(Patience, () => Hear(null));
        if (world.AnyHost() is { } host)
        {
            Begin(host);
        }

        return answered.Task;

        void Begin(Host host)
        {
            Reply? reply = null;
            var request = host.NewActor(name, () => Answer(null), wish);
            world.Stage.Start(
                request,
                async () => reply = await call(host),
                failure =>
                {
                    host.Ended(request);
                    Failures.Judge(world, request, failure);
                    Answer(failure is null ? reply : new Reply(500));
                }
            );
        }

        void Answer(Reply? reply) => world.Time.After(TimeSpan.FromMilliseconds(5), () => Hear(reply));

        void Hear(Reply? reply) => world.Stage.Run(actor, () => answered.TrySetResult(reply));
    }
}
