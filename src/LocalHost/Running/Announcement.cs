using LocalHost.Settings;

namespace LocalHost.Running;

/// <summary>Says what runs and where, like <c>func start</c>.</summary>
internal static class Announcement
{
    public static void Print(IReadOnlyList<FunctionDescriptor> functions, HostSettings settings, Uri url)
    {
        var shown = new UriBuilder(url) { Host = "localhost" }
            .Uri.ToString()
            .TrimEnd('/');
        Console.WriteLine();
        Console.WriteLine("Functions:");
        Console.WriteLine();
        foreach (var function in functions)
        {
            Console.WriteLine($"        {function.Name}: {Describe(function, settings, shown)}");
        }

        Console.WriteLine();
        Console.WriteLine($"Listening on http://127.0.0.1:{url.Port}");
        Console.WriteLine($"Open {settings.OpenUrl ?? shown}");
    }

    private static string Describe(FunctionDescriptor function, HostSettings settings, string url) =>
        function.Trigger switch
        {
            HttpTriggerAttribute http => $"[{MethodsOf(http)}] {url}/{HttpFunctions.RouteOf(function, settings)}",
            QueueTriggerAttribute queue => $"queueTrigger: {queue.QueueName}",
            TimerTriggerAttribute timer => $"timerTrigger: {timer.Schedule}",
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static string MethodsOf(HttpTriggerAttribute http) =>
        string.Join(',', http.Methods.Select(it => it.ToUpperInvariant()));
}
