using System.Text;

namespace Flows.Settings;

/// <summary>
/// How we speak with PPRO. There are no defaults for addresses and secrets: a missing or wrong one stops the start.
/// </summary>
public sealed class PproOptions : ICheckedSettings
{
    public const string Section = "Ppro";

    /// <summary>Shorter ones can be guessed, and whoever guesses one can tell us that money moved.</summary>
    private const int LeastSecretBytes = 32;

    /// <summary>In every value of the sample that stands for a secret.</summary>
    private const string ForTestsOnly = "test_only";

    private const int MostWritesPerSecond = 1000;

    /// <summary>
    /// Sandbox <c>https://api.sandbox.eu.ppro.com</c>, live <c>https://api.eu.ppro.com</c>.
    /// </summary>
    public required Uri BaseUrl { get; init; }

    public required string ApiKey { get; init; }

    /// <summary><c>merch_…</c>, the merchant that every call is made for.</summary>
    public required string MerchantId { get; init; }

    /// <summary>Where PPRO delivers webhooks: the public address of <c>/api/webhooks/ppro</c>.</summary>
    public required Uri WebhooksUrl { get; init; }

    /// <summary>The signing secrets that are valid now: more than one while a secret is rotated.</summary>
    public required string[] SigningSecrets { get; init; }

    /// <summary>Also accept the deprecated <c>Webhook-Signature</c>.</summary>
    public bool AcceptLegacySignature { get; init; }

    /// <summary>How old a signature may be: longer than PPRO's retry ladder of 68 h.</summary>
    public TimeSpan SignaturePastLimit { get; init; } = TimeSpan.FromHours(72);

    /// <summary>
    /// Send <c>initiator</c>, <c>scheduleType</c> and <c>order</c> with scheduled charges: whether
    /// KakaoPay accepts them is not known.
    /// </summary>
    public bool SendChargeContext { get; init; } = true;

    /// <summary>Writes per second when PPRO's headers have not said yet: the sandbox's limit.</summary>
    public int WritesPerSecond { get; init; } = 5;

    IEnumerable<string> ICheckedSettings.Faults()
    {
        if (!IsSafe(BaseUrl))
        {
            yield return $"Ppro__BaseUrl must be PPRO's address, like https://api.eu.ppro.com; {HttpOnlyHere}.";
        }

        if (!IsSafe(WebhooksUrl))
        {
            yield return "Ppro__WebhooksUrl must be where PPRO reaches us, like "
                + $"https://shop.example/api/webhooks/ppro; {HttpOnlyHere}.";
        }

        if (!FitsHeader(ApiKey))
        {
            yield return "Ppro__ApiKey must be the key that PPRO gave you, without spaces and line breaks.";
        }

        if (!FitsHeader(MerchantId))
        {
            yield return "Ppro__MerchantId must be your merchant at PPRO, like merch_….";
        }

        foreach (var fault in SecretFaults().Concat(TestValueFaults()))
        {
            yield return fault;
        }

        if (SignaturePastLimit <= TimeSpan.Zero)
        {
            yield return "Ppro__SignaturePastLimit must be above zero; 72 hours (3.00:00:00) exceed PPRO's retries.";
        }

        if (WritesPerSecond is < 1 or > MostWritesPerSecond)
        {
            yield return $"Ppro__WritesPerSecond must be 1 to {MostWritesPerSecond}.";
        }
    }

    private const string HttpOnlyHere = "http is for this machine only, like http://127.0.0.1:7072";

    private IEnumerable<string> SecretFaults()
    {
        const string Right = "must be a signing secret of PPRO's, of at least 32 bytes; leave out one that is not used";
        var secrets = SigningSecrets is { Length: > 0 } given ? given : [string.Empty];
        return secrets
            .Index()
            .Where(it => string.IsNullOrWhiteSpace(it.Item) || Encoding.UTF8.GetByteCount(it.Item) < LeastSecretBytes)
            .Select(it => $"Ppro__SigningSecrets__{it.Index} {Right}.");
    }

    /// <summary>Everybody knows the sample's values: with them, PPRO's webhooks could be anybody's.</summary>
    private IEnumerable<string> TestValueFaults()
    {
        if (BaseUrl is not { IsAbsoluteUri: true, IsLoopback: false })
        {
            return [];
        }

        var secrets = (SigningSecrets ?? []).Index().Select(it => ($"SigningSecrets__{it.Index}", (string?)it.Item));
        return secrets
            .Prepend((nameof(MerchantId), MerchantId))
            .Prepend((nameof(ApiKey), ApiKey))
            .Where(it => it.Item2?.Contains(ForTestsOnly, StringComparison.OrdinalIgnoreCase) is true)
            .Select(it => $"Ppro__{it.Item1} is a value for tests on this machine, and Ppro__BaseUrl is elsewhere.");
    }

    /// <summary>What is sent there is a secret, or money: on the way nobody else may read it.</summary>
    private static bool IsSafe(Uri? address) =>
        address is { IsAbsoluteUri: true }
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    private static bool FitsHeader(string? value) =>
        value is { Length: > 0 } && value.All(it => it is > ' ' and < '\u007f');
}
