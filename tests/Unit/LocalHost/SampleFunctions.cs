using LocalHost;
using Microsoft.AspNetCore.Http;

namespace Unit.Tests.LocalHostTests;

/// <summary>Functions of every kind, for the local host to find in this assembly.</summary>
public sealed class SampleFunctions
{
    [Function("Greet")]
    public Task<IResult> GreetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "greetings/{name}/{times}")] HttpRequest request,
        string name,
        int times,
        FunctionContext context,
        CancellationToken cancellationToken
    )
    {
        Assert.NotNull(request);
        Assert.False(cancellationToken.IsCancellationRequested);
        return Task.FromResult(Results.Text($"{context.FunctionDefinition.Name} {name} {times}"));
    }

    [Function("Guarded")]
    public IResult Guarded([HttpTrigger(AuthorizationLevel.Function, "post")] HttpRequest request)
    {
        Assert.NotNull(request);
        return Results.Text("in");
    }

    [Function("Failing")]
    public IResult Failing([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        throw new InvalidOperationException(request.Path);
}
