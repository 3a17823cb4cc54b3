using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace PproSimulator;

/// <summary>How a call passes: credentials, rate limit, route, faults, key, effect.</summary>
public sealed partial class PproBooks
{
    private const int MaxRequests = 100_000;

    public BooksAnswer Call(BooksRequest request) =>
        Keep(
            "call",
            it =>
            {
                var answer = it.Pass(request);
                it.Note(request, answer);
                return answer;
            },
            () => JournalPlayer.Kept(request, settings),
            CameOf
        );

    /// <summary>Enough of an answer to see that it is the same: its status, and whose it is.</summary>
    internal static string CameOf(BooksAnswer answer) => $"{answer.Status} {answer.Body.Text("id")}".TrimEnd();

    private BooksAnswer Pass(BooksRequest request)
    {
        if (request.Authorization != $"Bearer {settings.ApiKey}")
        {
            return Errors.Unauthorized;
        }

        if (request.MerchantId is null)
        {
            return Errors.Of(400, "Required request header 'Merchant-Id' is not present", Now);
        }

        if (request.MerchantId != settings.MerchantId)
        {
            return Errors.Of(403, "Merchant is not permitted", Now);
        }

        var remaining = (request.Method is "GET" ? reads : writes).Take(Now);
        return remaining < 0
            ? Errors.Of(429, "Too many requests", Now)
            : Dispatch(request) with
            {
                Remaining = remaining,
            };
    }

    private BooksAnswer Dispatch(BooksRequest request)
    {
        var (route, problem) = Routes.Find(request);
        if (route is null)
        {
            return problem is null
                ? new(404, new JsonObject { ["message"] = "Not Found" })
                : Errors.Of(problem.Value.Status, problem.Value.Message, Now);
        }

        if (RefusalOf(request, route) is { } refusing)
        {
            return Errors.Of(refusing.Status, "Refused by the simulator", Now);
        }

        var fault = Faults.Take(route.Operation);
        if (Before(fault) is { } broken)
        {
            return broken;
        }

        if (fault?.Kind is "lateExecution")
        {
            At(Now + fault.Delay, () => Execute(request, route));
            return new(0, null) { IsLost = true };
        }

        var answer = Execute(request, route);
        return fault?.Kind switch
        {
            "lostResponse" => answer with { IsLost = true },
            "500AfterEffect" => Errors.Of(500, "Internal error", Now),
            "slow" => answer with { Delay = fault.Delay },
            _ => answer,
        };
    }

    private Refusing? RefusalOf(BooksRequest request, Route route) =>
        refusals.Find(it =>
            Now < it.Until
            && (it.ReadsToo || request.Method is not "GET")
            && (it.Agreement is null || it.Agreement == AgreementOf(route))
        );

    /// <summary>PPRO's id of the agreement that a request is about; null when it names none.</summary>
    private string? AgreementOf(Route route) =>
        agreements.ContainsKey(route.Id) ? route.Id : charges.GetValueOrDefault(route.Id)?.Agreement.Id;

    private BooksAnswer? Before(Fault? fault) =>
        fault?.Kind switch
        {
            "reset" => new(0, null) { IsLost = true },
            "401" => Errors.Unauthorized,
            "404" => new(404, new JsonObject { ["message"] = "Not Found" }),
            { Length: 3 } status => Errors.Of(
                int.Parse(status, System.Globalization.CultureInfo.InvariantCulture),
                "Fault of the simulator",
                Now
            ),
            _ => null,
        };

    /// <summary>A POST with a key is executed once in 24 h; a 4xx does not keep its key.</summary>
    private BooksAnswer Execute(BooksRequest request, Route route)
    {
        if (request.Method is "GET" || request.IdempotencyKey is null)
        {
            return Answer(request, route);
        }

        var found = keys.Find(request, Now);
        if (found.IsConflict)
        {
            return Errors.Of(409, "Duplicate request received with the same idempotency key", Now);
        }

        if (found.Stored is { } stored)
        {
            return stored with { IsReplay = true };
        }

        var answer = Answer(request, route);
        if (answer.Status < 400)
        {
            keys.Keep(request, answer with { Body = answer.Body?.DeepClone() }, Now);
        }

        return answer;
    }

    private BooksAnswer Answer(BooksRequest request, Route route)
    {
        var body = request.Method is "GET" ? new JsonObject() : JsonText.ParseObject(request.Body);
        if (body is null)
        {
            return Errors.Of(400, "Malformed JSON", Now);
        }

        return route.Name switch
        {
            "createAgreement" => CreateAgreement(body),
            "readAgreement" => ReadAgreement(route.Id),
            "revoke" => Revoke(route.Id),
            "charge" => ChargeAgreement(route.Id, body),
            "readCharge" => ReadCharge(route.Id),
            "search" => Search(request.Query),
            "refund" => Refund(route.Id, body),
            "listRefunds" => ListRefunds(route.Id),
            "readRefund" => ReadRefund(route.Id, route.SubId),
            "readFunds" => ReadFunds(route.Id),
            "captureOrVoid" => RefuseCaptureOrVoid(route.Id),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private void Note(BooksRequest request, BooksAnswer answer)
    {
        if (requests.Count >= MaxRequests)
        {
            requests.RemoveRange(0, MaxRequests / 10);
        }

        requests.Add(
            new JsonObject
            {
                ["at"] = JsonText.Instant(Now),
                ["method"] = request.Method,
                ["path"] = request.Path,
                ["idempotencyKey"] = request.IdempotencyKey,
                ["bodySha256"] = request.Body.IsEmpty
                    ? null
                    : Convert.ToHexStringLower(SHA256.HashData(request.Body.Span)),
                ["status"] = answer.Status,
                ["isReplay"] = answer.IsReplay,
                ["isLost"] = answer.IsLost,
            }
        );
    }
}
