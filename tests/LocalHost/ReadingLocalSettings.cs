using LocalHost;
using LocalHost.Settings;
using Microsoft.Extensions.Configuration;

namespace HostTests;

/// <summary>What stands in <c>local.settings.json</c>, and what is stronger.</summary>
public sealed class ReadingLocalSettings : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("settings-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("http://127.0.0.1:7072/a", null)]
    [InlineData("http://127.0.0.1:8072/a", "--Side__Port=8072")]
    [InlineData("http://127.0.0.1:8072/a", "--side:port=8072")]
    public void A_value_that_names_a_setting_has_what_is_set_for_it(string expected, string? argument)
    {
        Write("""{"Values":{"App__Url":"http://127.0.0.1:%Side__Port%/a","Side__Port":"7072"}}""");

        Assert.Equal(expected, Read(argument).AppSettings["App__Url"]);
    }

    [Theory]
    [InlineData("100%")]
    [InlineData("%20%")]
    [InlineData("a%b c%")]
    public void What_names_nothing_stays_as_it_is(string value)
    {
        Write($$$"""{"Values":{"App__Text":"{{{value}}}"}}""");

        Assert.Equal(value, Read().AppSettings["App__Text"]);
    }

    [Fact]
    public void A_name_that_is_no_setting_is_told()
    {
        Write("""{"Values":{"App__Url":"http://127.0.0.1:%Side__Prot%/a","Side__Port":"7072"}}""");

        Assert.Equal(
            "local.settings.json: App:Url names %Side__Prot%, and there is no such setting with a value of its own.",
            Assert.Throws<LocalHostException>(() => Read()).Message
        );
    }

    [Fact]
    public void Of_a_name_that_stands_there_twice_the_last_counts()
    {
        Write("""{"Values":{"App__Text":"one","app__text":"two"}}""");

        Assert.Equal("two", Assert.Single(Read().AppSettings).Value);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"Values":1}""")]
    [InlineData("nothing")]
    public void A_file_that_is_none_is_told(string text)
    {
        Write(text);

        Assert.Equal(
            "local.settings.json must be a JSON object with an object Values.",
            Assert.Throws<LocalHostException>(() => Read()).Message
        );
    }

    [Theory]
    [InlineData("../up")]
    [InlineData("a b")]
    [InlineData("")]
    public void A_companion_whose_name_is_no_name_of_a_folder_is_told(string name)
    {
        Write(
            $$$"""
            {"Values":{
              "LocalHost__Companions__0__Name":"{{{name}}}",
              "LocalHost__Companions__0__Command":"x",
              "LocalHost__Companions__0__Url":"http://127.0.0.1:9"
            }}
            """
        );

        Assert.Equal(
            "LocalHost:Companions:0:Name must be letters and digits.",
            Assert.Throws<LocalHostException>(() => Read()).Message
        );
    }

    [Theory]
    [InlineData("--LocalHost__Port=0", "LocalHost__Port must be a port from 1 to 65535, and is '0'.")]
    [InlineData("--LocalHost__Port=70000", "LocalHost__Port must be a port from 1 to 65535, and is '70000'.")]
    [InlineData(
        "--LocalHost__AzuritePort=65535",
        "LocalHost__AzuritePort must be a port from 1 to 65533, and is '65535'."
    )]
    [InlineData(
        "--LocalHost__MessageLease=-1",
        "LocalHost__MessageLease must be a time like 00:10:00, above zero and at most seven days, and is '-1'."
    )]
    [InlineData(
        "--LocalHost__RequestsWait=00:00:00",
        "LocalHost__RequestsWait must be a time like 00:10:00, above zero and at most seven days, and is '00:00:00'."
    )]
    [InlineData("--LocalHost__SimulatedClock=yes", "LocalHost__SimulatedClock must be true or false, and is 'yes'.")]
    [InlineData(
        "--LocalHost__Clocks__0=nonsense",
        "LocalHost__Clocks__0 must be an address like http://127.0.0.1:7072, and is 'nonsense'."
    )]
    [InlineData("--frsh", "--frsh is not known: say --fresh, or a setting as --Name=value.")]
    [InlineData("--fresh=true", "--fresh=true is not known: say --fresh, or a setting as --Name=value.")]
    public void What_is_wrong_is_told_with_what_is_right(string argument, string sentence)
    {
        Write("""{"Values":{"AzureWebJobsStorage":"UseDevelopmentStorage=true"}}""");

        Assert.Equal(sentence, Assert.Throws<LocalHostException>(() => Read(argument)).Message);
    }

    [Theory]
    [InlineData("[]", "host.json must be a JSON object.")]
    [InlineData(
        """{"extensions":{"queues":{"batchSize":"x"}}}""",
        "host.json: extensions.queues.batchSize must be a whole number from 1 to 32."
    )]
    [InlineData(
        """{"extensions":{"queues":{"batchSize":99}}}""",
        "host.json: extensions.queues.batchSize must be a whole number from 1 to 32."
    )]
    [InlineData(
        """{"extensions":{"queues":{"visibilityTimeout":"soon"}}}""",
        "host.json: extensions.queues.visibilityTimeout must be a time like 00:00:30."
    )]
    [InlineData(
        """{"extensions":{"queues":{"messageEncoding":"zip"}}}""",
        "host.json: extensions.queues.messageEncoding must be none or base64."
    )]
    public void A_host_json_that_says_what_cannot_be_is_told(string text, string sentence)
    {
        File.WriteAllText(Path.Combine(folder, "host.json"), text);

        Assert.Equal(sentence, Assert.Throws<LocalHostException>(() => Read()).Message);
    }

    [Fact]
    public void Storage_is_the_same_account_on_every_port()
    {
        Write("""{"Values":{"AzureWebJobsStorage":"UseDevelopmentStorage=true"}}""");

        Assert.Contains(
            "AccountName=devstoreaccount1;",
            Read("--LocalHost__AzuritePort=12000").AppSettings["AzureWebJobsStorage"],
            StringComparison.Ordinal
        );
    }

    private void Write(string text) => File.WriteAllText(Path.Combine(folder, "local.settings.json"), text);

    private HostSettings Read(string? argument = null)
    {
        using var configuration = new ConfigurationManager();
        return HostSettings.Load(configuration, folder, argument is null ? [] : [argument]);
    }
}
