using TestKit;

namespace HostTests;

/// <summary>The probe worker's output once more, for a test to change.</summary>
public sealed class ProbeFolder : IDisposable
{
    public ProbeFolder()
    {
        foreach (var file in Directory.EnumerateFiles(Programs.Probe, "*", SearchOption.AllDirectories))
        {
            var copy = File(System.IO.Path.GetRelativePath(Programs.Probe, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            System.IO.File.Copy(file, copy);
        }
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("probe-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
