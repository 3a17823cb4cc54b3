namespace Flows;

/// <summary>Runs the timer's flow now. It may run beside the timer, at any time.</summary>
public sealed class Tick(IssueRecurringCharges flow)
{
    public async Task<Reply> RunAsync(CancellationToken cancellationToken) =>
        Reply.Json(200, new(await flow.RunAsync(cancellationToken)), StorefrontJson.Readable.TickView);
}
