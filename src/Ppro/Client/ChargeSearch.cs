using System.Collections.Immutable;
using System.Text.Json;
using Billing;

namespace Ppro;

/// <summary>
/// The search for charges, page after page (docs/ppro.md, Searching). Only a whole result may be judged: one that does
/// not end, or whose pages repeat, is as good as none.
/// </summary>
internal sealed class ChargeSearch(PproClient client, int maxPages)
{
    /// <summary>One reference should have one charge.</summary>
    public const int PagesOfReference = 20;

    /// <summary>An agreement that was charged daily for ten years fits.</summary>
    public const int PagesOfAgreement = 200;

    private const int MaxPageToken = 2048;

    public async Task<Answer<ImmutableArray<ChargeReading>>> RunAsync(string query, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<ChargeReading>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var path = $"v1/payment-charges?{query}";
        for (var page = 1; page <= maxPages; page++)
        {
            var answer = await client.GetAsync(path, ReadPage, cancellationToken);
            switch (answer)
            {
                case Answer<ChargePage>.Refused refused:
                    return new Answer<ImmutableArray<ChargeReading>>.Refused(refused.Refusal);
                case Answer<ChargePage>.InDoubt doubt:
                    return new Answer<ImmutableArray<ChargeReading>>.InDoubt(doubt.Why);
                case Answer<ChargePage>.Said { Reading: var read }:
                    found.AddRange(read.Charges);
                    if (read.NextPage is not { } next)
                    {
                        return new Answer<ImmutableArray<ChargeReading>>.Said(found.ToImmutable());
                    }

                    if (!seen.Add(next))
                    {
                        return new Answer<ImmutableArray<ChargeReading>>.InDoubt("the search repeats its pages");
                    }

                    path = $"v1/payment-charges?{query}&page={Uri.EscapeDataString(next)}";
                    break;
            }
        }

        return new Answer<ImmutableArray<ChargeReading>>.InDoubt($"the search has more than {maxPages} pages");
    }

    /// <summary>
    /// An entry that cannot be read spoils the page: leaving it out could hide the charge we look for.
    /// </summary>
    private static ChargePage? ReadPage(JsonElement json)
    {
        if (!json.IsObject() || json.Find("data") is not { ValueKind: JsonValueKind.Array } data)
        {
            return null;
        }

        var next = json.Whole("nextPage", MaxPageToken);
        if (next is null && IsNamed(json.Find("nextPage")))
        {
            return null; // A next page that cannot be asked for is no last page.
        }

        var charges = data.EnumerateArray().Select(ChargeWire.Read).ToList();
        return charges.Contains(null) ? null : new([.. charges!], next);
    }

    /// <summary>PPRO leaves a text that it does not set absent, or empty.</summary>
    private static bool IsNamed(JsonElement? page) =>
        page is { } given && !(given.ValueKind is JsonValueKind.String && given.ValueEquals(string.Empty));

    private sealed record ChargePage(ImmutableArray<ChargeReading> Charges, string? NextPage);
}
