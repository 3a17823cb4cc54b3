using System.Text;
using Billing;

namespace Flows.Looks;

/// <summary>A message of the queue <c>due-agreements</c>: an agreement's id, nothing else.</summary>
public static class LookMessage
{
    public static ReadOnlyMemory<byte> Of(AgreementId agreement) => Encoding.ASCII.GetBytes(agreement.Value);

    public static AgreementId? Parse(ReadOnlyMemory<byte> message) =>
        AgreementId.TryParse(Encoding.ASCII.GetString(message.Span), out var id) ? id : null;
}
