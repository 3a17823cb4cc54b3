using Billing;
using Ppro;
using Storage;

namespace Flows.Looks;

/// <summary>
/// Asks PPRO to end an agreement that we want ended: read first, then asked, whether or not the read told anything,
/// then read again. A revocation whose answer is lost is asked again by the next look, until a read shows that it has
/// ended.
/// </summary>
public sealed class RevokeAgreement(PproClient ppro, ReadAgreement readAgreement)
{
    public async Task RunAsync(AgreementSession session, CancellationToken cancellationToken)
    {
        await readAgreement.RunAsync(session, cancellationToken);
        if (session.Current.Status?.IsFinal() is true || session.Current.Provider.Id is not { } agreement)
        {
            return;
        }

        var key = IdempotencyKey.From(
            session.Current.Id.Value,
            "revoke",
            session.Current.Version.ToString(System.Globalization.CultureInfo.InvariantCulture)
        );
        await ppro.RevokeAsync(agreement, key);
        await readAgreement.RunAsync(session, cancellationToken);
    }
}
