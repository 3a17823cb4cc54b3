using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Flows.Settings;

/// <summary>Settings that say what is wrong with them, all at once, each by its name in app settings.</summary>
internal interface ICheckedSettings
{
    IEnumerable<string> Faults();
}

internal static class CheckedSettings
{
    /// <summary>Reads a section of the settings, and stops the start when something is wrong with it.</summary>
    public static IServiceCollection AddChecked<T>(this IServiceCollection services, string section)
        where T : class, ICheckedSettings =>
        services
            .AddSingleton<IValidateOptions<T>>(it => new KnownSettings<T>(it.GetService<IConfiguration>(), section))
            .AddChecked<T>(it => it.BindConfiguration(section));

    /// <summary>The same, where a section is read in another way.</summary>
    public static IServiceCollection AddChecked<T>(this IServiceCollection services, Action<OptionsBuilder<T>> read)
        where T : class, ICheckedSettings
    {
        var options = services.AddOptions<T>().ValidateOnStart();
        read(options);
        return services.AddSingleton<IValidateOptions<T>, Check<T>>();
    }

    private sealed class Check<T> : IValidateOptions<T>
        where T : class, ICheckedSettings
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            var faults = options.Faults().ToList();
            return faults.Count is 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }
}
