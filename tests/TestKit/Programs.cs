namespace TestKit;

/// <summary>Our programs, built as the running tests are.</summary>
public static class Programs
{
    /// <summary>The local host, which is told the folder of the app that it is to run.</summary>
    public static string Host { get; } = Find("src", "LocalHost");

    /// <summary>The function app's output folder.</summary>
    public static string Functions { get; } = Path.GetDirectoryName(Find("src", "Functions"))!;

    public static string Simulator { get; } = Find("src", "PproSimulator");

    /// <summary>A small worker on the real packages, for tests of the local host: its output folder.</summary>
    public static string Probe { get; } = Path.GetDirectoryName(Find("tests", "ProbeWorker"))!;

    /// <summary>The tests' own output lies at <c>bin/{configuration}/{framework}</c>, and so do the programs.</summary>
    private static string Find(string folder, string project)
    {
        var built = AppContext.BaseDirectory.TrimEnd('/', '\\').Split('/', '\\')[^3..];
        return RepositoryRoot.File([folder, project, .. built, $"{project}.dll"]);
    }
}
