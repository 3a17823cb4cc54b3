using System.Net;

namespace HostTests;

/// <summary>What <c>/__local/clock</c> is asked for, and what it is not.</summary>
[Collection(ProbeCollection.Name)]
public sealed class AdvancingTheClock(RunningProbe running)
{
    private static readonly string[] Nonsense =
    [
        "",
        "null",
        "[]",
        "{}",
        """{"advance":null}""",
        """{"advance":1}""",
        """{"advance":"-P1D"}""",
        """{"advance":"P5000D"}""",
        """{"advance":"P1D","advance":"P2D"}""",
        """{"advance":"P1D","to":"2099-01-01T00:00:00Z"}""",
        """{"to":null}""",
        """{"to":"soon"}""",
        """{"further":"P1D"}""",
    ];

    [Fact]
    public async Task What_is_no_such_wish_is_refused_and_time_does_not_pass()
    {
        var folder = Directory.CreateTempSubdirectory("clock-");
        await using var host = await ProbeHost.StartAsync(
            running.NewStorage(),
            ("LocalHost__SimulatedClock", "true"),
            ("LocalHost__ClockFile", Path.Combine(folder.FullName, "clock"))
        );

        foreach (var body in Nonsense)
        {
            using var content = new StringContent(body);
            using var answer = await host.Http.PostAsync("/__local/clock", content);
            Assert.True(answer.StatusCode is HttpStatusCode.BadRequest, $"{body}: {answer.StatusCode}");
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }

        Assert.False(File.Exists(Path.Combine(folder.FullName, "clock")));
        folder.Delete(recursive: true);
    }
}
