using System.Text.Json.Nodes;

namespace PproSimulator;

/// <summary>What shall go wrong.</summary>
public sealed partial class PproBooks
{
    /// <summary>One of the <see cref="Controls"/>.</summary>
    /// <exception cref="ControlException">It asks for what there is not; nothing was changed.</exception>
    internal void Control(string name, JsonObject body) =>
        Keep<string?>(
            "control",
            it =>
            {
                Controls.All[name](it, body);
                return null;
            },
            () => new() { ["name"] = name, ["body"] = body.DeepClone() },
            _ => null
        );

    /// <summary>The next charges or refunds (with this reference, or any) are declined.</summary>
    public void Decline(SimFailure failure, string? reference, int count, bool ofRefunds = false) =>
        With(it =>
        {
            it.declines.Add(new(failure, reference) { Left = count, OfRefunds = ofRefunds });
            return true;
        });

    private SimFailure? TakeDecline(string? reference, bool ofRefunds)
    {
        var planned = declines.Find(it =>
            it.OfRefunds == ofRefunds && (it.Reference is null || it.Reference == reference)
        );
        if (planned is { Left: <= 1 })
        {
            declines.Remove(planned);
        }

        if (planned is not null)
        {
            planned.Left--;
        }

        return planned?.Failure;
    }

    /// <summary>
    /// Charges and refunds executed from now on stay invisible to reads and searches for this long, and are done only
    /// then when so wished.
    /// </summary>
    public void Hide(TimeSpan period, bool isDoneThen = false) =>
        With(it =>
        {
            (it.hiddenFor, it.isDoneWhenShown) = (period, isDoneThen && period > TimeSpan.Zero);
            return true;
        });

    /// <summary>The next charges, refunds or revocations that it can befall meet this oddity.</summary>
    public void Expect(Oddity oddity, int count = 1) =>
        With(it =>
        {
            it.Oddities.Add(oddity, count);
            return true;
        });

    /// <summary>
    /// Reads of agreements show from now on what was so long ago; an agreement that was not there is not found.
    /// </summary>
    public void LagBehind(TimeSpan period) => With(it => it.lag = period);

    /// <summary>Requests are refused for so long: those that change one agreement, or all.</summary>
    public void Refuse(int status, TimeSpan lasts, string? agreement = null, bool readsToo = false) =>
        With(it =>
        {
            it.refusals.Add(new(status, it.Now + lasts, agreement, readsToo));
            return true;
        });

    /// <summary>Nothing is refused any more, and no read lags behind.</summary>
    public void BehaveAgain() =>
        With(it =>
        {
            it.refusals.Clear();
            it.Oddities.Clear();
            it.lag = TimeSpan.Zero;
            return true;
        });

    internal bool Redeliver(string id) => With(it => it.Events.Redeliver(id, it.Now));
}
