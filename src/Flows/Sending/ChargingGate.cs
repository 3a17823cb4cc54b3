using Microsoft.Extensions.Options;
using Storage;

namespace Flows;

/// <summary>
/// May money be asked for at all now, whichever agreement it is? First sends and resends ask alike. Reads go on.
/// </summary>
public sealed class ChargingGate(ClockWatch clockWatch, IOptions<ChargingOptions> options)
{
    /// <summary>A look that finds the gate closed comes back after this.</summary>
    public static TimeSpan LookAgain { get; } = TimeSpan.FromMinutes(15);

    /// <summary>Null when the gate is open.</summary>
    public string? WhyClosed =>
        options.Value.CheckClock && !clockWatch.IsTrusted
            ? $"the clock is {clockWatch.Skew.Duration().TotalMinutes:F0} minutes off"
            : null;

    public bool IsOpen => WhyClosed is null;
}
