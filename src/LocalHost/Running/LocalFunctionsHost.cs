using System.Reflection;
using LocalHost.Children;
using LocalHost.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LocalHost.Running;

/// <summary>
/// The app, its functions, and what they need beside them. What cannot start is said in one sentence; whatever was
/// started is stopped again.
/// </summary>
internal sealed class LocalFunctionsHost : IHost, IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly FunctionsRuntime runtime;
    private readonly HostSettings settings;
    private readonly Stack<IAsyncDisposable> children = new();

    private LocalFunctionsHost(WebApplication app, FunctionsRuntime runtime, HostSettings settings) =>
        (this.app, this.runtime, this.settings) = (app, runtime, settings);

    public IServiceProvider Services => app.Services;

    public static LocalFunctionsHost Create(WebApplicationBuilder builder, Assembly functions, HostSettings settings)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 100 * 1024 * 1024;
            if (settings.Port is 0)
            {
                kestrel.Listen(System.Net.IPAddress.Loopback, 0);
            }
            else
            {
                kestrel.ListenLocalhost(settings.Port);
            }
        });
        var app = builder.Build();
        var runtime = FunctionsRuntime.Create(app, functions, settings);
        return new(app, runtime, settings);
    }

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await StartPartsAsync(cancellationToken);
        }
        catch (Exception e)
            when (e is LocalHostException or OptionsValidationException or OperationCanceledException or IOException)
        {
            await DisposeAsync();
            await Console.Error.WriteLineAsync(e.Message);
            Environment.Exit(1);
        }
        catch (AggregateException e) when (e.InnerExceptions.All(it => it is OptionsValidationException))
        {
            await DisposeAsync();
            await Console.Error.WriteLineAsync(string.Join('\n', e.InnerExceptions.Select(it => it.Message)));
            Environment.Exit(1);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await runtime.StopAsync();
        await app.StopAsync(cancellationToken);
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        await runtime.StopAsync();
        await app.DisposeAsync();
        while (children.TryPop(out var child))
        {
            await child.DisposeAsync();
        }
    }

    private async Task StartPartsAsync(CancellationToken cancellationToken)
    {
        if (settings.Port is not 0 && !Ports.IsFree(settings.Port))
        {
            throw new LocalHostException(
                $"Port {settings.Port} is in use: stop what listens there, or choose another port with LocalHost__Port."
            );
        }

        await StartAzuriteAsync(cancellationToken);
        foreach (var companion in settings.Companions)
        {
            if (await Companions.StartAsync(companion, settings, cancellationToken) is { } child)
            {
                children.Push(child);
            }
        }

        app.Services.GetService<IStartupValidator>()?.Validate();
        await runtime.PrepareAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        runtime.Start();
        Announcement.Print(runtime.Functions, settings, new Uri(app.Urls.First()));
    }

    private async Task StartAzuriteAsync(CancellationToken cancellationToken)
    {
        if (settings.Azurite is { } options && !await Ports.AnswersAsync(options.TablePort, cancellationToken))
        {
            children.Push(await AzuriteServer.StartAsync(options, cancellationToken));
        }
    }
}
