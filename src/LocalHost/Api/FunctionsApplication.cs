using System.Reflection;

namespace LocalHost;

/// <summary>Where an app's <c>Program.cs</c> begins, as with the Functions worker.</summary>
public static class FunctionsApplication
{
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) =>
        CreateBuilder(args, Assembly.GetEntryAssembly()!);

    /// <summary>For functions of another assembly than the one that was started.</summary>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args, Assembly functions) => new(args, functions);
}

public static class FunctionsWebApplicationExtensions
{
    /// <summary>Here for the sake of the same <c>Program.cs</c>: this host always speaks ASP.NET Core.</summary>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(
        this FunctionsApplicationBuilder builder
    ) => builder;
}
