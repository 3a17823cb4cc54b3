using System.Text.Json.Nodes;
using Flows.Replies;

namespace Simulation.Tests;

/// <summary>A refund that the shop asked for and that was accepted.</summary>
internal sealed record PromisedRefund(string ChargeKey, string Id, long Amount)
{
    public static PromisedRefund Read(Reply reply, string chargeKey)
    {
        var view = JsonNode.Parse(reply.Body.Span)!;
        return new(chargeKey, (string)view["id"]!, (long)view["amount"]!["value"]!);
    }
}
