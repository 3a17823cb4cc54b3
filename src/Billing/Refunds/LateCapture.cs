namespace Billing;

/// <summary>
/// A first charge that was captured by an agreement which we had closed before it became active. It is refunded in
/// full, from <paramref name="RefundAt"/> on.
/// </summary>
public sealed record LateCapture(string ChargeKey, DateTimeOffset RefundAt);
