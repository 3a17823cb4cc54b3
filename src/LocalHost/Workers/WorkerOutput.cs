namespace LocalHost.Workers;

/// <summary>
/// What a worker prints. Until it is ready that is held back: should it never be, the reason is found in it and said in
/// one sentence instead.
/// </summary>
internal sealed class WorkerOutput
{
    private const string Unhandled = "Unhandled exception. ";
    private readonly List<string> held = [];
    private bool isReady;

    public void Hear(string line)
    {
        lock (held)
        {
            if (!isReady)
            {
                held.Add(line);
                return;
            }
        }

        Console.WriteLine(line);
    }

    public void Release()
    {
        lock (held)
        {
            isReady = true;
            held.ForEach(Console.WriteLine);
            held.Clear();
        }
    }

    /// <summary>An exception's message without its type and its stack, or else the last thing it said.</summary>
    public string Reason()
    {
        lock (held)
        {
            var start = held.FindIndex(line => line.StartsWith(Unhandled, StringComparison.Ordinal));
            return start < 0
                ? held.LastOrDefault(line => line.Length > 0) ?? "it said nothing"
                : MessageOf(held.Skip(start).TakeWhile(line => !IsStack(line)));
        }
    }

    private static string MessageOf(IEnumerable<string> lines)
    {
        var text = string.Join(' ', lines)[Unhandled.Length..];
        var colon = text.IndexOf(": ", StringComparison.Ordinal);
        return colon < 0 ? text : text[(colon + 2)..];
    }

    private static bool IsStack(string line) =>
        line.StartsWith("   at ", StringComparison.Ordinal) || line.StartsWith(" ---> ", StringComparison.Ordinal);
}
