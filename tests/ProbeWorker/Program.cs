using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using ProbeWorker;

switch (Environment.GetEnvironmentVariable("Probe__Start"))
{
    case "throws":
        throw new InvalidOperationException("Probe:Start is wrong.");
    case "throws after the first time" when File.Exists(Environment.GetEnvironmentVariable("Probe__Marker")):
        throw new InvalidOperationException("Not a second time.");
    case "throws after the first time":
        await File.WriteAllTextAsync(Environment.GetEnvironmentVariable("Probe__Marker")!, "started");
        break;
    case "exits":
        return 3;
    case "never connects":
        await Task.Delay(Timeout.Infinite);
        break;
    case "never answers":
        await MuteWorker.ConnectAsync(args);
        break;
}

var builder = FunctionsApplication.CreateBuilder(args);
if (Environment.GetEnvironmentVariable("Probe__Start") is not "without web")
{
    builder.ConfigureFunctionsWebApplication();
}

builder.Services.TryAddSingleton(TimeProvider.System);
builder.Services.AddSingleton<Notes>();
builder.Build().Run();
return 0;
