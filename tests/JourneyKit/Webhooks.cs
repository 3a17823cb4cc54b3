using Flows.Events;
using PproSimulator;

namespace JourneyKit;

/// <summary>Hands the books' events to the journey's own receiver, signed, as PPRO does over HTTP.</summary>
public static class Webhooks
{
    /// <summary>Delivers what is due now; how many deliveries there were.</summary>
    public static async Task<int> DeliverAsync(this Journey journey, PproBooks books, TimeProvider clock)
    {
        var due = books.TakeDueEvents();
        foreach (var happened in due)
        {
            await journey.DeliverAsync(books, clock, happened);
        }

        return due.Count;
    }

    /// <summary>One delivery of one event.</summary>
    public static async Task DeliverAsync(this Journey journey, PproBooks books, TimeProvider clock, SimEvent happened)
    {
        var secret = happened.BreakSignature ? "not the secret" : books.Settings.SigningSecrets[^1];
        var signature = Signing.Header(happened.Body, secret, clock.GetUtcNow());
        var reply = await journey.Get<ReceivePproWebhook>().RunAsync(new(happened.Body, signature), default);
        books.Delivered(happened, $"HTTP {reply.Status}", reply.Status is >= 200 and < 300);
    }
}
