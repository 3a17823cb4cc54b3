using System.Text.Json.Nodes;
using Azure.Storage.Queues;

namespace HostTests;

/// <summary>What of an app's output counts here, and what does not.</summary>
[Collection(ProbeCollection.Name)]
public sealed class ReadingTheOutput(RunningProbe running)
{
    [Fact]
    public async Task What_only_the_Functions_host_of_Azure_reads_is_not_needed()
    {
        using var folder = new ProbeFolder();
        File.Delete(folder.File("functions.metadata"));
        File.Delete(folder.File("extensions.json"));
        Directory.Delete(folder.File(".azurefunctions"), recursive: true);

        await using var host = await ProbeHost.StartInAsync(folder.Path, running.NewStorage());

        Assert.Equal("Greet Mina 3", await host.Http.GetStringAsync("/api/greetings/Mina/3"));
        Assert.Contains("Hear: queueTrigger: probe", host.Output, StringComparison.Ordinal);
        Assert.Contains("Tick: timerTrigger: 0 0 * * * *", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_in_base64_reaches_its_function_as_the_text_that_it_was()
    {
        using var folder = new ProbeFolder();
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(folder.File("host.json")))!;
        settings["extensions"]!["queues"]!["messageEncoding"] = "base64";
        await File.WriteAllTextAsync(folder.File("host.json"), settings.ToJsonString());
        var storage = running.NewStorage();
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        await using var host = await ProbeHost.StartInAsync(folder.Path, storage);

        await new QueueServiceClient(storage, options).GetQueueClient("probe").SendMessageAsync("hello, 안녕");

        await host.SeeNoteAsync("heard hello, 안녕 1");
    }

    [Fact]
    public async Task Host_and_worker_take_the_prefix_of_routes_from_one_file()
    {
        using var folder = new ProbeFolder();
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(folder.File("host.json")))!;
        settings["extensions"]!["http"]!["routePrefix"] = "elsewhere/v1";
        await File.WriteAllTextAsync(folder.File("host.json"), settings.ToJsonString());

        await using var host = await ProbeHost.StartInAsync(folder.Path, running.NewStorage());

        Assert.Equal("Greet Mina 3", await host.Http.GetStringAsync("/elsewhere/v1/greetings/Mina/3"));
    }
}
