using PproSimulator;

namespace Simulation.Tests;

internal static class NamedAtPpro
{
    /// <summary>The agreement that a path names, by its own id or by that of one of its charges; null for none.</summary>
    public static SimAgreement? FindNamed(this PproBooks books, string path)
    {
        var parts = path.Split('/');
        return books.Agreements.FirstOrDefault(it => parts.Contains(it.Id))
            ?? books.Charges.FirstOrDefault(it => parts.Contains(it.Id))?.Agreement;
    }
}
