using System.Text;

namespace Simulation.Tests;

/// <summary>
/// A PPRO that says CAPTURE_FAILED of a charge which it will still capture: pending, not final.
/// </summary>
internal sealed class FailingCaptures : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var answer = await base.SendAsync(request, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(CancellationToken.None);
        if (text.Contains("AUTHORIZATION_ASYNC", StringComparison.Ordinal))
        {
            text = text.Replace("AUTHORIZATION_ASYNC", "CAPTURE_FAILED", StringComparison.Ordinal);
            answer.Content = new StringContent(text, Encoding.UTF8, "application/json");
        }

        return answer;
    }
}
