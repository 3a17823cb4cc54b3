using Billing;
using Flows.Sending;
using Microsoft.Extensions.Logging;
using Ppro;
using Storage;

namespace Flows.Looks;

/// <summary>Asks PPRO what the agreement is now, and keeps the answer.</summary>
public sealed class ReadAgreement(PproClient ppro, AgreementChanges changes, ILogger<ReadAgreement> logger)
{
    /// <summary>
    /// Before a charge that the shop asks for: reads an agreement that nothing has confirmed for long. False when PPRO
    /// does not say.
    /// </summary>
    public async Task<bool> EnsureFreshAsync(AgreementSession session, CancellationToken cancellationToken) =>
        session.Current.IsFresh(changes.Rules, changes.Now) || await RunAsync(session, cancellationToken);

    /// <summary>True when PPRO said.</summary>
    public async Task<bool> RunAsync(AgreementSession session, CancellationToken cancellationToken)
    {
        if (session.Current.Provider.Id is not { } id)
        {
            await changes.ChangeAsync(session, (it, now) => it.ReadFailed(now), cancellationToken);
            return false;
        }

        var askedAt = changes.Now;
        var answer = await ppro.ReadAgreementAsync(id, cancellationToken);
        if (answer is Answer<AgreementReading>.Said said)
        {
            await changes.ChangeAsync(session, (it, now) => it.Read(said.Reading, askedAt, now), cancellationToken);
            return true;
        }

        logger.ReadFailed(session.Current.Id, Answers.Describe(answer));
        await changes.ChangeAsync(session, (it, now) => it.ReadFailed(now), cancellationToken);
        return false;
    }
}
