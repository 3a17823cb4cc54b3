using TestKit;

namespace Unit.Tests.Layout;

/// <summary>In Azure the deployment makes tables and queues: the app does so only where its local host asks.</summary>
public sealed class MakingStorage
{
    private const string Asked = "LocalHost__IsHost";

    [Fact]
    public void Only_the_local_host_asks_for_it()
    {
        var asking = Directory
            .EnumerateFiles(RepositoryRoot.File("src"), "*.*", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .Where(file => !file.Contains("/bin/", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(file).Contains(Asked, StringComparison.Ordinal))
            .Select(Path.GetFileName);

        Assert.Equal(["WorkerCommand.cs"], asking);
        Assert.DoesNotContain(Asked, File.ReadAllText(RepositoryRoot.File("local.settings.sample.json")));
    }

    [Fact]
    public void The_app_makes_it_in_one_place_behind_that_question()
    {
        var making = Directory
            .EnumerateFiles(RepositoryRoot.File("src", "Functions"), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("StorageSetup", StringComparison.Ordinal))
            .ToList();

        Assert.Equal("StorageAtStart.cs", Path.GetFileName(Assert.Single(making)));
        Assert.Contains("if (configuration.GetValue(Setting, false))", File.ReadAllText(making[0]));
        Assert.Contains("\"LocalHost:IsHost\"", File.ReadAllText(making[0]));
    }
}
