namespace PproSimulator;

/// <summary>Something that goes wrong once.</summary>
/// <param name="Operation">createAgreement, charge, refund, revoke, readAgreement, readCharge, search or any.</param>
/// <param name="Kind">
/// Before any effect: 302, 400, 401, 403, 404, 409, 429, 500, 504, reset, slow. After it: lostResponse, 500AfterEffect,
/// lateExecution (the caller's connection breaks, and the request is executed after the delay).
/// </param>
/// <param name="Delay">How slow, or how late.</param>
public sealed record Fault(string Operation, string Kind, TimeSpan Delay)
{
    public static IReadOnlyList<string> Kinds { get; } =
    [
        "302",
        "400",
        "401",
        "403",
        "404",
        "409",
        "429",
        "500",
        "504",
        "reset",
        "slow",
        "lostResponse",
        "500AfterEffect",
        "lateExecution",
    ];

    public static IReadOnlyList<string> Operations { get; } =
    ["createAgreement", "charge", "refund", "revoke", "readAgreement", "readCharge", "search", "any"];
}

/// <summary>The faults that are still to come, in order.</summary>
public sealed class FaultPlan
{
    private readonly List<Fault> planned = [];

    public IReadOnlyList<Fault> Planned => planned;

    public void Add(Fault fault, int count) => planned.AddRange(Enumerable.Repeat(fault, count));

    public void Clear() => planned.Clear();

    internal Fault? Take(string operation)
    {
        var index = planned.FindIndex(it => it.Operation == operation || it.Operation is "any");
        if (index < 0)
        {
            return null;
        }

        var fault = planned[index];
        planned.RemoveAt(index);
        return fault;
    }
}

/// <summary>A decline that the next charges, or the next refunds, meet.</summary>
public sealed record PlannedDecline(SimFailure Failure, string? Reference)
{
    public bool OfRefunds { get; init; }

    public int Left { get; set; } = 1;
}
