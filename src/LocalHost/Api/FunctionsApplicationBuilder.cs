using System.Reflection;
using LocalHost.Clock;
using LocalHost.Running;
using LocalHost.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalHost;

/// <summary>Builds an app that runs its functions on Kestrel and Azurite.</summary>
public sealed class FunctionsApplicationBuilder : IHostApplicationBuilder
{
    private readonly WebApplicationBuilder inner;
    private readonly Assembly functions;

    internal FunctionsApplicationBuilder(string[] args, Assembly functions)
    {
        this.functions = functions;
        inner = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                Args = args,
                ContentRootPath = AppContext.BaseDirectory,
                ApplicationName = functions.GetName().Name,
            }
        );
        HostSettings = HostSettings.Load(inner.Configuration);
        HostLogging.Configure(inner.Logging);
        inner.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(45));
        inner.Services.AddSingleton(HostSettings);
        if (HostSettings.ClockFile is { } file)
        {
            inner.Services.AddSingleton(new SimulatedClock(file));
            inner.Services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<SimulatedClock>());
        }
    }

    public IConfigurationManager Configuration => inner.Configuration;

    public IHostEnvironment Environment => inner.Environment;

    public ILoggingBuilder Logging => inner.Logging;

    public IMetricsBuilder Metrics => inner.Metrics;

    public IServiceCollection Services => inner.Services;

    IDictionary<object, object> IHostApplicationBuilder.Properties => ((IHostApplicationBuilder)inner).Properties;

    private HostSettings HostSettings { get; }

    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory,
        Action<TContainerBuilder>? configure = null
    )
        where TContainerBuilder : notnull => ((IHostApplicationBuilder)inner).ConfigureContainer(factory, configure);

    public IHost Build() => LocalFunctionsHost.Create(inner, functions, HostSettings);
}
