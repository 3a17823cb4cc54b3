using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using PproSimulator;

namespace Unit.Tests.SimulatorTests;

/// <summary>Books with a folder: what they say after the program began again.</summary>
public sealed class KeepingTheBooks : IDisposable
{
    private static readonly BooksSettings Settings = new()
    {
        DefaultWebhooksUrl = "http://127.0.0.1:9/",
        AsyncCaptureAfter = TimeSpan.FromHours(2),
    };

    private readonly string folder = Directory.CreateTempSubdirectory("books-").FullName;
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 31, 3, 0, 0, TimeSpan.Zero));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Begun_again_they_say_the_same_and_go_on()
    {
        var before = Life(out var agreement);

        using var kept = Open();
        Assert.Equal(before, Said(kept.Books));

        var ppro = new SimulatedPpro(kept.Books, clock);
        var again = ppro.Charge(agreement, 500, "R1", "key-1");
        Assert.Equal(CapturedOf(kept.Books, "R1").Id, (string?)again["id"]);
        Assert.Equal("FAILED", (string?)ppro.Charge(agreement, 501, "R2", "key-2")["status"]);

        clock.Advance(TimeSpan.FromHours(3));
        Assert.True(CapturedOf(kept.Books, "R1").IsCaptured);
    }

    [Fact]
    public void Wherever_the_last_line_breaks_off_everything_before_it_is_there()
    {
        Life(out _);
        var whole = File.ReadAllBytes(Journal);
        var lastLine = whole.AsSpan(..^1).LastIndexOf((byte)'\n') + 1;
        for (var length = lastLine; length < whole.Length; length++)
        {
            File.WriteAllBytes(Journal, whole[..length]);
            using (var kept = Open())
            {
                Assert.False(kept.Books.With(it => it.Events.All[0].HasArrived));
            }

            Assert.Equal(lastLine, new FileInfo(Journal).Length);
        }
    }

    [Fact]
    public void A_line_that_is_none_is_named()
    {
        Life(out _);
        var lines = File.ReadAllLines(Journal);
        lines[2] = "{}";
        File.WriteAllLines(Journal, lines);

        Assert.Contains("Line 3 of", Assert.Throws<JournalException>(Open).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello\n")]
    [InlineData("[]\n")]
    [InlineData("{\"journal\":2,\"seed\":1}\n")]
    [InlineData("{\"journal\":\"1\",\"seed\":1}\n")]
    public void What_is_no_journal_is_left_alone(string text)
    {
        File.WriteAllText(Journal, text);

        Assert.Contains("is no journal", Assert.Throws<JournalException>(Open).Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(Journal));
    }

    [Fact]
    public void What_comes_to_something_else_today_is_said()
    {
        Life(out _);
        var lines = File.ReadAllLines(Journal);
        lines[0] = new JsonObject { ["journal"] = 1, ["seed"] = 12 }.ToJsonString();
        File.WriteAllLines(Journal, lines);

        Assert.Contains("another version", Assert.Throws<JournalException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_at_once_cannot_keep_one_journal()
    {
        using var first = Open();

        Assert.Contains("cannot be opened", Assert.Throws<JournalException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_key_of_the_API_is_in_it()
    {
        Life(out _);

        Assert.DoesNotContain(Settings.ApiKey, File.ReadAllText(Journal), StringComparison.Ordinal);
    }

    private string Journal => Path.Combine(folder, "journal.jsonl");

    private KeptBooks Open() => KeptBooks.Open(folder, clock, Settings, "http://127.0.0.1:7072");

    /// <summary>
    /// Every kind of entry; at the end a decline is planned, one event has arrived and the others are on their way.
    /// </summary>
    private string Life(out string agreement)
    {
        using var kept = Open();
        var ppro = new SimulatedPpro(kept.Books, clock);
        agreement = ppro.Active();
        clock.Advance(TimeSpan.FromDays(1));
        ppro.Charge(agreement, 500, "R1", "key-1");
        ppro.Books.Call(new("GET", "/v1/payment-charges", Encoding.UTF8.GetBytes("\0not asked for")));
        kept.Books.Control("decline", (JsonObject)JsonNode.Parse("""{"count":1}""")!);
        kept.Books.Control("webhooks", new() { ["mode"] = "shuffle" });
        var due = kept.Books.TakeDueEvents();
        kept.Books.Delivered(due.First(it => it != kept.Books.Events.All[0]), "HTTP 500", hasArrived: false);
        kept.Books.Delivered(kept.Books.Events.All[0], "HTTP 200", hasArrived: true);
        return Said(kept.Books);
    }

    private static SimCharge CapturedOf(PproBooks books, string reference) =>
        books.With(it => it.Charges.Single(charge => charge.Reference == reference));

    private static string Said(PproBooks books) =>
        books.With(it =>
            string.Join(
                '\n',
                BooksJson.Agreements(it).ToJsonString(),
                BooksJson.Charges(it).ToJsonString(),
                BooksJson.Events(it).ToJsonString(),
                BooksJson.Requests(it, 100).ToJsonString(),
                string.Join('\n', it.Events.All.Select(told => Encoding.UTF8.GetString(told.Body)))
            )
        );
}
