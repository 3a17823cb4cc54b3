using System.Security.Cryptography;
using System.Text;

namespace Billing;

/// <summary>
/// When charges may leave: inside a daily window of Seoul time, each agreement at its own moment after the opening.
/// </summary>
public static class ChargingWindow
{
    public static bool IsOpen(DateTimeOffset now, BillingRules rules)
    {
        var time = BillingCalendar.TimeAt(now);
        return time >= rules.WindowOpens && time < rules.WindowCloses;
    }

    /// <summary>The agreement's own moment on this day.</summary>
    public static DateTimeOffset OpeningOn(DateOnly day, AgreementId agreement, BillingRules rules) =>
        BillingCalendar.InstantAt(day, rules.WindowOpens) + SpreadOf(agreement, rules);

    /// <summary>Now when the window is open, otherwise the agreement's moment at the next opening.</summary>
    public static DateTimeOffset NextOpen(DateTimeOffset now, AgreementId agreement, BillingRules rules)
    {
        if (IsOpen(now, rules))
        {
            return now;
        }

        var today = BillingCalendar.DateAt(now);
        var day = BillingCalendar.TimeAt(now) < rules.WindowOpens ? today : today.AddDays(1);
        return OpeningOn(day, agreement, rules);
    }

    private static TimeSpan SpreadOf(AgreementId agreement, BillingRules rules)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(agreement.Value));
        var share = BitConverter.ToUInt16(hash) / (double)(ushort.MaxValue + 1);
        return TimeSpan.FromSeconds(Math.Floor(share * rules.Spread.TotalSeconds));
    }
}
