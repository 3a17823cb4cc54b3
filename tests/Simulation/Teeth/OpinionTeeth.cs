using System.Net;

namespace Simulation.Tests;

/// <summary>The second opinion reads that very agreement, and asks for nothing else.</summary>
internal sealed class OpinionOfThatAgreementOnly : WireTooth
{
    private readonly HashSet<Actor> refused = [];

    public override Plan Favour(Plan plan) =>
        plan with
        {
            Odd = plan.Odd with { Refusals = [new(0.2, 403, plan.Trouble / 2, true)] },
        };

    protected override async Task<HttpResponseMessage> SendAsync(
        World world,
        HttpRequestMessage request,
        string? reference,
        Func<Task<HttpResponseMessage>> sendAsync
    )
    {
        var actor = world.Stage.Current!;
        if (
            refused.Contains(actor) && request.RequestUri!.Query.Contains("credentials-check", StringComparison.Ordinal)
        )
        {
            return new(HttpStatusCode.Forbidden) { Content = new StringContent("""{"message":"?"}""") };
        }

        var answer = await sendAsync();
        refused.Remove(actor);
        if (request.Method == HttpMethod.Get && answer.StatusCode is HttpStatusCode.Forbidden)
        {
            refused.Add(actor);
        }

        return answer;
    }
}
