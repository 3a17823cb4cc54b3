namespace TestKit;

/// <summary>Our programs, built as the running tests are.</summary>
public static class Programs
{
    public static string Functions { get; } = Find("Functions");

    public static string Simulator { get; } = Find("PproSimulator");

    /// <summary>
    /// The tests' own output lies at <c>bin/{flavour}/{configuration}/{framework}</c>, and so do the programs.
    /// </summary>
    private static string Find(string project)
    {
        var folder = AppContext.BaseDirectory.TrimEnd('/', '\\').Split('/', '\\')[^4..];
        return RepositoryRoot.File("src", project, folder[0], folder[1], folder[2], folder[3], $"{project}.dll");
    }
}
