using System.Reflection;
using System.Runtime.CompilerServices;
using Flows.Settings;

namespace Infra.Tests;

/// <summary>The names of all settings that the code binds, read from its options.</summary>
internal static class OptionNames
{
    private static readonly IReadOnlyList<(string Section, Type Options)> Sections =
    [
        .. typeof(PproOptions)
            .Assembly.GetTypes()
            .Where(it => it.IsClass && it.GetInterfaces().Any(face => face.Name is "ICheckedSettings"))
            .Select(it => ((string)it.GetField("Section")!.GetRawConstantValue()!, it)),
    ];

    /// <summary>Those without which the app does not start; of several, the first.</summary>
    public static IReadOnlyList<string> Required { get; } =
    [
        .. Sections.SelectMany(it =>
            it.Options.GetProperties()
                .Where(property => property.IsDefined(typeof(RequiredMemberAttribute)))
                .Select(property => $"{it.Section}__{property.Name}{(property.PropertyType.IsArray ? "__0" : "")}")
        ),
    ];

    public static bool Knows(string setting)
    {
        var parts = setting.Split("__");
        return Sections.Any(it => it.Section == parts[0] && Knows(it.Options, parts[1..]));
    }

    private static bool Knows(Type options, string[] parts) =>
        options.GetProperties().Any(it => IsNamed(it, parts) || IsNumbered(it, parts));

    private static bool IsNamed(PropertyInfo property, string[] parts) =>
        property.SetMethod is not null
        && parts[0] == property.Name
        && (property.PropertyType.IsArray ? parts.Length is 2 && int.TryParse(parts[1], out _) : parts.Length is 1);

    /// <summary>Options that are kept by a number in the settings.</summary>
    private static bool IsNumbered(PropertyInfo property, string[] parts) =>
        property.PropertyType.IsGenericType
        && parts.Length is 2
        && int.TryParse(parts[0], out _)
        && property.PropertyType.GetGenericArguments()[^1].GetProperty(parts[1]) is not null;
}
