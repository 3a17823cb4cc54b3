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
            "local.settings.json: App:Url names %Side__Prot%, and there is no such setting.",
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

    private void Write(string text) => File.WriteAllText(Path.Combine(folder, "local.settings.json"), text);

    private HostSettings Read(string? argument = null)
    {
        using var configuration = new ConfigurationManager();
        return HostSettings.Load(configuration, folder, argument is null ? [] : [argument]);
    }
}
