using System.Text;
using System.Text.Json.Nodes;
using PproSimulator;

namespace JourneyKit;

/// <summary>Someone else with our credentials: what is done at PPRO, or in its portal, without us.</summary>
public static class SomeoneElse
{
    public static BooksAnswer PostBehindOurBack(this PproBooks books, string path, JsonObject body) =>
        books.Call(
            new("POST", path, Encoding.UTF8.GetBytes(body.ToJsonString()))
            {
                Authorization = $"Bearer {books.Settings.ApiKey}",
                MerchantId = books.Settings.MerchantId,
                ContentType = "application/json",
            }
        );

    /// <summary>Several refunds of one charge may have one name, or none.</summary>
    public static BooksAnswer RefundBehindOurBack(this PproBooks books, string charge, long minorUnits, string? name)
    {
        var body = new JsonObject { ["amount"] = minorUnits };
        if (name is not null)
        {
            body["merchantRefundReference"] = name;
        }

        return books.PostBehindOurBack($"/v1/payment-charges/{charge}/refunds", body);
    }
}
