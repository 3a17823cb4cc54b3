using System.Text.Json.Nodes;

namespace PproSimulator;

/// <summary>Does again, in new books, what the journal tells.</summary>
internal static class JournalPlayer
{
    /// <summary>Plays all of it, then lets the books go on with it.</summary>
    /// <exception cref="JournalException">Something does not come to what it came to.</exception>
    public static void Play(BooksJournal journal, PproBooks books, JournalClock clock)
    {
        var count = 0;
        foreach (var entry in journal.ReadAll())
        {
            clock.PlayedAt = entry.At;
            count++;
            if (Do(entry, books) != entry.CameOf)
            {
                throw new JournalException(
                    $"The simulator's books were kept by another version of it or with other settings: entry {count} "
                        + $"({entry.Kind}) came to {entry.CameOf}, and does not now. Begin anew (--fresh)."
                );
            }
        }

        clock.PlayedAt = null;
        books.Journal = journal;
    }

    private static string? Do(JournalEntry entry, PproBooks books) =>
        entry.Kind switch
        {
            "call" => PproBooks.CameOf(books.Call(RequestOf(entry.What, books.Settings))),
            "act" => $"{books.Act(entry.What.Text("id")!, entry.What.Text("action")!)}",
            "control" => Control(entry.What, books),
            "delivery" => Deliver(entry.What, books),
            _ => throw new JournalException($"The simulator knows no entry of kind {entry.Kind}."),
        };

    private static string? Control(JsonObject what, PproBooks books)
    {
        books.Control(what.Text("name")!, (JsonObject)what["body"]!.DeepClone());
        return null;
    }

    private static string? Deliver(JsonObject what, PproBooks books)
    {
        var id = what.Text("event")!;
        var happened = books.With(it => it.Events.Find(id));
        if (happened is not null)
        {
            books.Delivered(happened, what.Text("outcome")!, (bool)what["hasArrived"]!);
        }

        return happened?.Id;
    }

    /// <summary>A request as it is kept: of the credentials only whether they were right.</summary>
    public static JsonObject Kept(BooksRequest request, BooksSettings settings) =>
        new()
        {
            ["method"] = request.Method,
            ["path"] = request.Path,
            ["query"] = new JsonObject(request.Query.Select(it => KeyValuePair.Create(it.Key, (JsonNode?)it.Value))),
            ["isAuthorized"] = request.Authorization == $"Bearer {settings.ApiKey}",
            ["merchantId"] = request.MerchantId,
            ["idempotencyKey"] = request.IdempotencyKey,
            ["contentType"] = request.ContentType,
            ["body"] = Convert.ToBase64String(request.Body.Span),
        };

    private static BooksRequest RequestOf(JsonObject kept, BooksSettings settings) =>
        new(kept.Text("method")!, kept.Text("path")!, Convert.FromBase64String(kept.Text("body")!))
        {
            Query = ((JsonObject)kept["query"]!).ToDictionary(it => it.Key, it => (string)it.Value!),
            Authorization = (bool)kept["isAuthorized"]! ? $"Bearer {settings.ApiKey}" : null,
            MerchantId = kept.Text("merchantId"),
            IdempotencyKey = kept.Text("idempotencyKey"),
            ContentType = kept.Text("contentType"),
        };
}
