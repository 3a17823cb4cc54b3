using System.Text.Json.Nodes;

namespace Simulation.Tests;

/// <summary>
/// What the shop wants of an agreement: as it was asked for first, and every change that was accepted since.
/// </summary>
internal sealed class Terms(Life life)
{
    private readonly JsonObject first = Wish.AsSent(life.Plan.Request);

    public DateTimeOffset? StartsAt => Instant(first["startDate"]);

    /// <summary>What the charge that travels with it asks for; null without one.</summary>
    public long? Initial => (long?)first["initialPaymentCharge"]?["amount"]?["value"];

    /// <summary>
    /// From this moment on no period begins and nothing is charged, as it was agreed then; null without end.
    /// </summary>
    public DateTimeOffset? EndAt(DateTimeOffset at) => Instant(LatestOf("endDate", at));

    /// <summary>How many periods may be captured, as it was agreed then; null without end.</summary>
    public int? MaxCharges(DateTimeOffset at) => (int?)LatestOf("maxCharges", at);

    /// <summary>
    /// The prices that were agreed when a period began, give or take a little; and those whose change had been decided
    /// by then, and was held up before it became durable.
    /// </summary>
    public IEnumerable<long> PricesAt(DateTimeOffset begins, TimeSpan slack, DateTimeOffset asked) =>
        life
            .Accepted.Where(it => it.Kind is ErrandKind.ChangePrice && it.Body?["amount"] is not null)
            .Where(it => it.AcceptedAt > begins - slack && it.AcceptedAt <= (it.WasHeldUp ? asked : begins + slack))
            .Select(it => PriceIn(it.Body!))
            .Append(PriceIn(BodyWith("amount", begins - slack)));

    private JsonNode? LatestOf(string field, DateTimeOffset at) => BodyWith(field, at)[field];

    private JsonObject BodyWith(string field, DateTimeOffset at) =>
        life.Accepted.LastOrDefault(it =>
            it.Kind is ErrandKind.ChangePrice && it.AcceptedAt <= at && it.Body?.ContainsKey(field) is true
        )?.Body
        ?? first;

    private static long PriceIn(JsonObject body) => (long)body["amount"]!["value"]!;

    private static DateTimeOffset? Instant(JsonNode? text) =>
        text is null ? null : DateTimeOffset.Parse((string)text!, System.Globalization.CultureInfo.InvariantCulture);
}
