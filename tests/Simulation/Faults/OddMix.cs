using JourneyKit;

namespace Simulation.Tests;

/// <summary>
/// Beside the usual faults, in some histories, a 2xx answer that is not what it should be, or a redirect. Chance has a
/// stream of its own for it, so that all else goes as it would.
/// </summary>
internal sealed class OddMix : IFaults
{
    private readonly IFaults usual;
    private readonly Random random;
    private readonly FaultKind[] kinds;
    private readonly double rate;

    public OddMix(IFaults usual, Random random, FaultKind[]? favoured = null)
    {
        (this.usual, this.random) = (usual, random);
        rate = random.Is(0.2) ? random.Pick(0.02, 0.05, 0.2) : 0;
        kinds = [.. PossibleLies.Kinds.Where(_ => random.Is(0.4))];
        (kinds, rate) = favoured is null ? (kinds, rate) : (favoured, 0.2);
    }

    public Fault At(Actor actor, Effect effect)
    {
        var fault = usual.At(actor, effect);
        if (rate is 0 || effect.Kind is not EffectKind.Ppro || !random.Is(rate))
        {
            return fault;
        }

        FaultKind[] possible = [.. PossibleLies.At(effect).Intersect(kinds)];
        return possible is [] || fault.Kind is not FaultKind.None ? fault : new(random.Pick<FaultKind>(possible));
    }
}

/// <summary>What can be untrue where.</summary>
internal static class PossibleLies
{
    private static readonly FaultKind[] OfCharges =
    [
        FaultKind.AnotherCharge,
        FaultKind.AnotherReference,
        FaultKind.AnotherAmount,
        FaultKind.AnotherCurrency,
    ];

    private static readonly FaultKind[] Anywhere = [FaultKind.Http302, FaultKind.LongWords];

    public static FaultKind[] Kinds { get; } =
    [.. Anywhere, .. OfCharges, FaultKind.NoAgreement, FaultKind.ForeignHit, FaultKind.AnotherAgreement];

    public static IEnumerable<FaultKind> At(Effect effect) =>
        effect.What switch
        {
            "GET /v1/payment-agreements/{id}" => [.. Anywhere, FaultKind.AnotherAgreement],
            "POST /v1/payment-agreements/{id}/payment-charges" => [.. Anywhere, .. OfCharges],
            "GET /v1/payment-charges/{id}" => [.. Anywhere, .. OfCharges, FaultKind.NoAgreement],
            "GET /v1/payment-charges" => [.. Anywhere, .. OfCharges, FaultKind.NoAgreement, FaultKind.ForeignHit],
            "POST /v1/payment-charges/{id}/refunds" =>
            [
                .. Anywhere,
                FaultKind.AnotherReference,
                FaultKind.AnotherAmount,
            ],
            _ => Anywhere,
        };
}
