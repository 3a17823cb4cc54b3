using System.Globalization;
using Flows.Looks;

namespace Simulation.Tests;

/// <summary>The hosts: which are up, how they go, and what their clocks show.</summary>
internal sealed partial class World
{
    /// <summary>A host that is up, any of them; null when none is.</summary>
    public Host? AnyHost() => hosts.FindAll(it => it.IsUp) is { Count: > 0 } up ? up[chance.Next(up.Count)] : null;

    /// <summary>The settings with which a process starts now.</summary>
    public IReadOnlyDictionary<string, string?> Settings =>
        IsCalm
            ? Plan.Settings
            : new Dictionary<string, string?>(Plan.Settings)
            {
                ["Charging:MaxChargesPerDay"] = Plan.Caps.Charges?.ToString(CultureInfo.InvariantCulture),
                ["Charging:MaxAmountPerDay"] = Plan.Caps.MinorUnits?.ToString(CultureInfo.InvariantCulture),
            };

    /// <summary>This run ends here; with its host, when the whole process dies.</summary>
    public void Crash(Actor actor, bool takesHost)
    {
        if (takesHost && actor.Host is { } host)
        {
            Replace(host, chance.AnySize(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(20)));
        }
        else
        {
            actor.Die();
        }
    }

    /// <summary>All in-memory state is gone; the next process starts a little later.</summary>
    public void Deploy()
    {
        Timeline.Count(Happening.Deployment);
        Replace(hosts[chance.Next(hosts.Count)], TimeSpan.FromSeconds(chance.Next(1, 60)));
    }

    /// <summary>Nobody runs our code for so long, while the world goes on.</summary>
    public void TakeAllDown(TimeSpan lasts)
    {
        Timeline.Count(Happening.AllHostsDown);
        foreach (var host in hosts.ToList())
        {
            Replace(host, IsCalm ? TimeSpan.Zero : lasts);
        }
    }

    /// <summary>An operator lifts the caps; a setting is read when a process starts.</summary>
    private void LiftCaps()
    {
        foreach (var host in Plan.Caps.AreNone ? [] : hosts.ToList())
        {
            Replace(host, TimeSpan.Zero);
        }
    }

    public void SetClocks(TimeSpan offset)
    {
        ClockOffset = offset;
        Slack = offset.Duration() > Slack ? offset.Duration() : Slack;
        hosts.ForEach(host => host.Clock.Offset = offset);
    }

    /// <summary>
    /// The README's promise 21: one more host, whose clock has gone back, looks at everyone; the wire is watched.
    /// </summary>
    public void LookFromThePast(TimeSpan back)
    {
        var host = new Host(this, ++born, trustsClock: true) { LivesInThePast = true };
        host.Clock.Offset = -back;
        foreach (var life in Lives)
        {
            var actor = host.NewActor("look from the past");
            Stage.Start(
                actor,
                () => host.Get<LookAtAgreement>().RunAsync(LookMessage.Of(life.Id), default),
                failure => Failures.Judge(this, actor, failure)
            );
        }

        RunUntil(Time.Now + TimeSpan.FromMinutes(2));
        host.GoDown();
        host.Dispose();
    }

    private void Replace(Host host, TimeSpan pause)
    {
        if (!host.IsUp)
        {
            return;
        }

        host.GoDown();
        Timeline.Say($"host {host.Number}", "is gone");
        Time.After(
            pause,
            () =>
            {
                hosts.Remove(host);
                hosts.Add(new(this, ++born));
                Timeline.Say($"host {born}", "is up");
            }
        );
    }
}
