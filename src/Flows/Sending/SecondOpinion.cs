using Billing;
using Ppro;

namespace Flows.Sending;

/// <summary>
/// PPRO may refuse one agreement with the words that it has for wrong credentials. Before that is held against all of
/// them, PPRO is asked something else with the same credentials.
/// </summary>
public sealed class SecondOpinion(PproClient ppro)
{
    /// <summary>A reference that no charge has.</summary>
    private const string NoCharge = "credentials-check";

    /// <summary>The answer as it is to be understood: of this agreement alone, if PPRO answers a read.</summary>
    /// <param name="answer">What PPRO answered to a request that changes something.</param>
    /// <param name="agreement">PPRO's id of the agreement that it was about; null before PPRO has named it.</param>
    public async Task<Answer<T>> OnAsync<T>(Answer<T> answer, string? agreement) =>
        answer is Answer<T>.Refused { Refusal: { IsOfUs: true } refusal } && await AnswersReadAsync(agreement)
            ? new Answer<T>.Refused(refusal with { Kind = RefusalKind.Agreement })
            : answer;

    /// <summary>True when PPRO accepts our credentials for a read.</summary>
    public Task<bool> AnswersReadAsync(CancellationToken cancellationToken) => SearchesAsync(cancellationToken);

    /// <summary>Of the agreement itself, or of anything: PPRO may refuse reads of this one agreement too.</summary>
    private async Task<bool> AnswersReadAsync(string? agreement) =>
        (agreement is not null && await ReadsAsync(agreement)) || await SearchesAsync(CancellationToken.None);

    private async Task<bool> SearchesAsync(CancellationToken cancellationToken) =>
        IsAnAnswer(await ppro.FindChargesAsync(NoCharge, cancellationToken));

    private async Task<bool> ReadsAsync(string agreement) =>
        IsAnAnswer(await ppro.ReadAgreementAsync(agreement, CancellationToken.None));

    /// <summary>That PPRO has no such thing is an answer too.</summary>
    private static bool IsAnAnswer<T>(Answer<T> answer) =>
        answer is Answer<T>.Said or Answer<T>.Refused { Refusal.Kind: RefusalKind.NotFound };
}
