using Billing;
using Ppro;

namespace Flows.Events;

/// <summary>
/// Whose is it, in PPRO's books? A PPRO that does not say fails the delivery, and the queue brings the event again.
/// </summary>
internal sealed class WhoseAtPpro(PproClient ppro)
{
    /// <summary>Null when PPRO does not know it.</summary>
    public async Task<ChargeReading?> ChargeAsync(string id, CancellationToken cancellationToken) =>
        !CanBeAnId(id)
            ? null
            : await ppro.ReadChargeAsync(id, cancellationToken) switch
            {
                Answer<ChargeReading>.Said said => said.Reading,
                Answer<ChargeReading>.Refused { Refusal.Kind: RefusalKind.NotFound or RefusalKind.Request } => null,
                _ => throw Silent("the charge"),
            };

    /// <summary>PPRO's id of the agreement that it was made on. An answer without it is no "not ours".</summary>
    public static string AgreementOf(ChargeReading? charge) =>
        charge?.AgreementProviderId ?? throw Silent("whose the charge is");

    /// <summary>Our reference of PPRO's agreement; null when it has none, or PPRO does not know it.</summary>
    public async Task<string?> AgreementAsync(string id, CancellationToken cancellationToken) =>
        !CanBeAnId(id)
            ? null
            : await ppro.ReadAgreementAsync(id, cancellationToken) switch
            {
                Answer<AgreementReading>.Said said => said.Reading.Reference,
                Answer<AgreementReading>.Refused { Refusal.Kind: RefusalKind.NotFound or RefusalKind.Request } => null,
                _ => throw Silent("the agreement"),
            };

    private static HttpRequestException Silent(string about) => new($"PPRO did not say: {about}.");

    /// <summary>
    /// PPRO's ids are short, of letters, digits and <c>_</c>; anything else would only ask for another path.
    /// </summary>
    private static bool CanBeAnId(string id) =>
        id.Length is > 0 and <= 64 && id.All(it => char.IsAsciiLetterOrDigit(it) || it is '_' or '-');
}
