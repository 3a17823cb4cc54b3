using System.Text;
using System.Text.Json.Nodes;
using Billing;
using Flows.Replies;
using Flows.Shop;
using PproSimulator;

namespace Simulation.Tests;

/// <summary>One agreement's people: a shop with its errands, and a consumer.</summary>
internal sealed class Life
{
    private readonly World world;
    private readonly LifePlan plan;
    private readonly Shop shop;
    private int charges;

    public Life(World world, LifePlan plan)
    {
        (this.world, this.plan) = (world, plan);
        Terms = new(this);
        Id = AgreementId.FromKey(plan.Key);
        var actor = new Actor($"shop {plan.Key}");
        shop = new(world, actor);
        if (plan.DeclinesAfter is { } declines)
        {
            var decline = new SimFailure("PROVIDER_DECLINE", "INSUFFICIENT_FUNDS", "No money", true);
            world.Time.After(declines, () => world.Books.Decline(decline, null, plan.Declines));
        }

        world.Stage.Start(actor, BeginAsync, failure => Failures.Judge(world, actor, failure));
    }

    public LifePlan Plan => plan;

    public Terms Terms { get; }

    public AgreementId Id { get; }

    /// <summary>Since when a cancel has been accepted.</summary>
    public DateTimeOffset? CancelledAt { get; set; }

    /// <summary>What the shop was granted, in order.</summary>
    public List<Wish> Accepted { get; } = [];

    /// <summary>The refunds that the shop was told are on their way or made.</summary>
    public List<PromisedRefund> PromisedRefunds { get; } = [];

    public void Heard(Reply? refund, string chargeKey)
    {
        if (refund is { Status: 201 or 202 })
        {
            PromisedRefunds.Add(PromisedRefund.Read(refund, chargeKey));
        }
    }

    /// <summary>The agreement in PPRO's books; null when it never came there.</summary>
    public SimAgreement? AtPpro => world.Books.Agreements.FirstOrDefault(it => it.Reference == Id.Value);

    /// <summary>A charge of this agreement is on its way to PPRO.</summary>
    public void IsCharging()
    {
        if (++charges == plan.RevokedDuringCharge)
        {
            world.Timeline.Count(Happening.RevokedMidCharge);
            world.Time.After(TimeSpan.FromMilliseconds(100 * charges), Revoke);
        }
    }

    private async Task BeginAsync()
    {
        await shop.WaitAsync(plan.CreatedAfter);
        var body = Bytes(plan.Request);
        var reply = await shop.InsistAsync(
            "create",
            8,
            host => host.Get<CreateAgreement>().RunAsync(body, plan.Key, default)
        );
        if (reply is not { Status: 201 })
        {
            return;
        }

        Expect();
        foreach (var errand in plan.Errands.OrderBy(it => it.After))
        {
            var actor = new Actor($"shop {plan.Key}");
            var run = new Errands(world, this, new(world, actor));
            world.Time.After(
                errand.After,
                () =>
                    world.Stage.Start(
                        actor,
                        () => run.RunAsync(errand),
                        failure => Failures.Judge(world, actor, failure)
                    )
            );
        }
    }

    /// <summary>The consumer decides, and may think better of it.</summary>
    private void Expect()
    {
        if (plan.DecidesAfter is { } decides)
        {
            world.Time.After(decides, Decide);
        }

        if (plan.RevokedAfter is { } revokes)
        {
            world.Time.After(revokes, Revoke);
        }
    }

    private void Decide()
    {
        if (AtPpro is { } agreement)
        {
            var isDone = plan.Approves ? world.Books.Approve(agreement.Id) : world.Books.Cancel(agreement.Id);
            world.Timeline.Say("consumer", $"{(plan.Approves ? "approves" : "refuses")} {plan.Key}: {isDone}");
        }
    }

    private void Revoke()
    {
        if (AtPpro is { } agreement)
        {
            var isDone = world.Books.EndFromOutside(agreement.Id, byConsumer: true);
            if (isDone)
            {
                world.Timeline.Count(Happening.Revoked);
            }

            world.Timeline.Say("consumer", $"revokes {plan.Key}: {isDone}");
        }
    }

    public static byte[] Bytes(JsonNode json) => Encoding.UTF8.GetBytes(json.ToJsonString());
}
