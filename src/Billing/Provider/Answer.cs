namespace Billing;

/// <summary>
/// What came back when PPRO was asked something. A decline is an answer like any other, and so is
/// silence. What a refusal proves depends on how often the request was sent, which only the attempt knows.
/// </summary>
public abstract record Answer<T>
{
    private Answer() { }

    /// <summary>A 2xx whose body could be read. Success or not is in what it says, never in the code.</summary>
    public sealed record Said(T Reading) : Answer<T>;

    /// <summary>A 4xx other than 409.</summary>
    public sealed record Refused(Refusal Refusal) : Answer<T>;

    /// <summary>409, 5xx, a timeout, a broken connection, or a 2xx that could not be read: nobody knows.</summary>
    public sealed record InDoubt(string Why) : Answer<T>;
}

/// <summary>A refusal by HTTP status; <paramref name="Message"/> is PPRO's own text, if any.</summary>
public sealed record Refusal(RefusalKind Kind, int HttpStatus, string? Message)
{
    /// <summary>In a word, for histories.</summary>
    public string Code => $"HTTP {HttpStatus}";

    /// <summary>With PPRO's own text, if any.</summary>
    public string InWords => Message is null ? Code : $"{Code}: {Message}";

    /// <summary>What was asked for is wrong; asking the same again would be refused again.</summary>
    public bool IsOfRequest => Kind is RefusalKind.Request or RefusalKind.NotFound;

    /// <summary>Who asks, or where, is wrong.</summary>
    public bool IsOfUs => Kind is RefusalKind.Credentials or RefusalKind.Route;
}

public enum RefusalKind
{
    /// <summary>400, 422 and the like: the request itself is wrong.</summary>
    Request,

    /// <summary>404 with PPRO's error body: no such thing.</summary>
    NotFound,

    /// <summary>401 or 403: our credentials are wrong.</summary>
    Credentials,

    /// <summary>404 or 405 without PPRO's error body: our base URL or path is wrong.</summary>
    Route,

    /// <summary>
    /// 401, 403, 404 or 405, and yet PPRO answers a read with the same credentials: it is about this agreement alone.
    /// </summary>
    Agreement,

    /// <summary>429.</summary>
    RateLimited,
}
