using LocalHost.Settings;
using LocalHost.Workers;

namespace LocalHost.Running;

/// <summary>Says what runs and where, like <c>func start</c>.</summary>
internal static class Announcement
{
    public static void Print(IReadOnlyList<WorkerFunction> functions, HostSettings settings, int worker)
    {
        var shown = $"http://localhost:{settings.Port}";
        Console.WriteLine();
        Console.WriteLine("Functions:");
        Console.WriteLine();
        foreach (var function in functions)
        {
            Console.WriteLine($"        {function.Name}: {function.Trigger.Describe(shown)}");
        }

        Console.WriteLine();
        Console.WriteLine($"Worker process {worker} (attach a debugger there)");
        Console.WriteLine($"Listening on http://127.0.0.1:{settings.Port}");
        Console.WriteLine($"Open {settings.OpenUrl ?? shown}");
    }
}
