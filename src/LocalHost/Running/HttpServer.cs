using LocalHost.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LocalHost.Running;

/// <summary>The server for callers: made from nothing, so that no variable of web hosting changes it.</summary>
internal static class HttpServer
{
    private const long MaxBody = 104_857_600;

    public static WebApplication Create(HostSettings settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        HostLogging.Configure(builder.Logging);
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            kestrel.ListenLocalhost(settings.Port);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.Worker.DrainsWithin);
        builder.Services.AddRouting();
        builder.Services.AddHttpForwarder();
        return builder.Build();
    }
}
