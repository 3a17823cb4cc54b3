namespace PproSimulator;

/// <summary>What PPRO allows of KakaoPay: the one place where the simulator says so.</summary>
public static class KakaoPayLimits
{
    public const string Method = "KAKAOPAY";
    public const string Country = "KR";
    public const string Currency = "KRW";

    /// <summary>Of one charge, in won.</summary>
    public const long MinAmount = 50;

    /// <summary>Of one charge, in won.</summary>
    public const long MaxAmount = 2_000_000;

    /// <summary>Counted from the capture.</summary>
    public static TimeSpan RefundsFor { get; } = TimeSpan.FromDays(365);
}
