using System.Collections.Immutable;

namespace Billing;

/// <summary>PPRO's latest word on where the money of a capture or a refund is (docs/ppro.md, Funds).</summary>
/// <param name="OperationId">PPRO's id of the capture or the refund.</param>
/// <param name="State">As PPRO spells it: <c>CAPTURE_FUNDS_RECEIVED</c> and the like.</param>
/// <param name="At">When it became so, by PPRO's clock.</param>
public sealed record FundsNews(string OperationId, string State, DateTimeOffset At)
{
    private const int MaxOperations = 20;

    /// <summary>
    /// The newest word of each operation wins, whichever comes first; of one moment, that which no longer waits. Of
    /// very many operations the newest are kept, and before them that of the capture and what was sent back.
    /// </summary>
    public static ImmutableArray<FundsNews> Merge(ImmutableArray<FundsNews> known, FundsNews heard)
    {
        var old = known.FirstOrDefault(it => it.OperationId == heard.OperationId);
        var isNews =
            old is null || heard.At > old.At || (heard.At == old.At && string.CompareOrdinal(heard.Rank, old.Rank) > 0);
        return isNews ? Newest([.. known.Where(it => it.OperationId != heard.OperationId), heard]) : known;
    }

    private static ImmutableArray<FundsNews> Newest(ImmutableArray<FundsNews> news) =>
        news.Length <= MaxOperations
            ? news
            : news.Remove(
                news.Where(it => !it.IsOfCapture).OrderBy(it => it.IsRejectedRefund).ThenBy(it => it.At).First()
            );

    public bool IsOfCapture => State.StartsWith("CAPTURE_", StringComparison.Ordinal);

    /// <summary>The recipient's bank sent the money of a refund back.</summary>
    public bool IsRejectedRefund => State is "REFUND_FUNDS_REJECTED";

    /// <summary>True when the money is where it should be. MISSING is not the end: late money is still money.</summary>
    public bool IsSettled =>
        State.EndsWith("_RECEIVED", StringComparison.Ordinal)
        || State.EndsWith("_SENT", StringComparison.Ordinal)
        || State.EndsWith("_NOT_EXPECTED", StringComparison.Ordinal);

    private string Rank => State.EndsWith("_WAITING", StringComparison.Ordinal) ? string.Empty : State;
}
