using System.Reflection;
using System.Runtime.Loader;

/// <summary>
/// Runs in a worker before its own program, by <c>DOTNET_STARTUP_HOOKS</c>: makes this assembly known, so that the
/// worker's web host finds <see cref="LocalHost.Hook.WorkerStart"/>, and ends the worker when its host is gone.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        AssemblyLoadContext.Default.LoadFromAssemblyPath(Assembly.GetExecutingAssembly().Location);
        LocalHost.Hook.Orphan.Watch();
    }
}
