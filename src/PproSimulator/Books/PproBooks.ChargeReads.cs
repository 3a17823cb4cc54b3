using System.Globalization;
using System.Text.Json.Nodes;

namespace PproSimulator;

/// <summary>Charges as they are read and found: those that PPRO shows already.</summary>
public sealed partial class PproBooks
{
    private BooksAnswer ReadCharge(string id) =>
        charges.TryGetValue(id, out var charge) && charge.VisibleFrom <= Now
            ? new(200, ChargeJson.OfRead(charge, Now))
            : Errors.Of(404, "Payment charge not found", Now);

    /// <summary>By reference or by agreement, a page at a time.</summary>
    private BooksAnswer Search(IReadOnlyDictionary<string, string> query)
    {
        var (reference, agreement) = (
            query.GetValueOrDefault("merchantPaymentChargeReference"),
            query.GetValueOrDefault("agreementId")
        );
        if (reference is null == agreement is null)
        {
            return Errors.Of(400, "Exactly one of merchantPaymentChargeReference and agreementId is required", Now);
        }

        _ = int.TryParse(
            query.GetValueOrDefault("page"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var skip
        );
        var found = charges
            .Values.Where(it =>
                it.VisibleFrom <= Now && (reference is null ? it.Agreement.Id == agreement : it.Reference == reference)
            )
            .Skip(skip)
            .Take(settings.PageSize + 1)
            .ToList();
        var json = new JsonObject
        {
            ["data"] = new JsonArray([.. found.Take(settings.PageSize).Select(it => ChargeJson.OfRead(it, Now))]),
        };
        if (found.Count > settings.PageSize)
        {
            json["nextPage"] = (skip + settings.PageSize).ToString(CultureInfo.InvariantCulture);
        }

        json["_links"] = new JsonObject { ["self"] = new JsonObject { ["href"] = "/v1/payment-charges" } };
        return new(200, json);
    }
}
