using Flows.Events;
using Ppro;
using TestKit;

namespace Unit.Tests.JourneyTests;

/// <summary>Webhooks that are nearly right, and of which a few are signed after all.</summary>
internal sealed class Mutations(Random random, IReadOnlyList<byte[]> seeds, string secret)
{
    private static readonly string[] OtherTypes = ["text/plain", "application/xml", "application/json, text/html", "/"];

    public HashSet<int> Choose(int count, int of)
    {
        HashSet<int> chosen = [];
        while (chosen.Count < count)
        {
            chosen.Add(random.Next(of));
        }

        return chosen;
    }

    /// <summary>Whatever became of the body, PPRO has signed it.</summary>
    public WebhookRequest Signed(DateTimeOffset now)
    {
        var body = Mutate.OneOf(seeds, random);
        return new(body, WebhookSignature.Sign(body, secret, now));
    }

    /// <summary>Not one of these has a signature that counts.</summary>
    public WebhookRequest Unsigned(DateTimeOffset now)
    {
        var body = Mutate.OneOf(seeds, random);
        var right = WebhookSignature.Sign(body, secret, now);
        return random.Next(12) switch
        {
            0 => new(body, null),
            1 => new(body, Noise()),
            2 => new(body, WebhookSignature.Sign([.. body, 0], secret, now)),
            3 => new(body, WebhookSignature.Sign(body, secret + "x", now)),
            4 => new(body, WebhookSignature.Sign(body, secret, now.AddHours(-73))),
            5 => new(body, WebhookSignature.Sign(body, secret, now.AddMinutes(6))),
            6 => new(body, right[..random.Next(right.Length)]),
            7 => new(body, right.Replace("t=", $"t={random.Next(1, 10)}", StringComparison.Ordinal)),
            8 => new(body, null) { LegacySignature = Noise() },
            9 => new(body, right) { ContentType = OtherTypes[random.Next(OtherTypes.Length)] },
            10 => new(body, right) { ContentEncoding = random.Next(2) is 0 ? "gzip" : "identity, br" },
            _ => new(null, right),
        };
    }

    private string Noise()
    {
        const string letters = "ts=,.0123456789abcdefABCDEF -\u00e9\uac00;\"";
        return new(random.GetItems<char>(letters, random.Next(0, 200)));
    }
}
