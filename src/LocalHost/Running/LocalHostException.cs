namespace LocalHost;

/// <summary>Why the local host cannot run, in one sentence that says what to do.</summary>
public sealed class LocalHostException(string message, Exception? inner = null) : Exception(message, inner);
