namespace PproSimulator;

/// <summary>Requests that PPRO refuses for a while: all of them, or those that change one agreement.</summary>
/// <param name="Status">The HTTP status of the refusal.</param>
/// <param name="Until">From then on it is over.</param>
/// <param name="Agreement">PPRO's id of the only agreement; null for all.</param>
/// <param name="ReadsToo">Reads are refused too.</param>
public sealed record Refusing(int Status, DateTimeOffset Until, string? Agreement, bool ReadsToo);
