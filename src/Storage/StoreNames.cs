namespace Storage;

/// <summary>The tables and queues of the service. They are made at deployment, and at start when run locally.</summary>
public static class StoreNames
{
    public const string Agreements = "agreements";
    public const string WakeUps = "wakeups";
    public const string References = "references";
    public const string Directory = "directory";
    public const string Quarantine = "quarantine";
    public const string Control = "control";
    public const string Exceptions = "exceptions";

    public const string PproEvents = "ppro-events";
    public const string DueAgreements = "due-agreements";

    /// <summary>The Functions host moves a message here after it has failed too often.</summary>
    public const string PproEventsPoison = PproEvents + "-poison";
    public const string DueAgreementsPoison = DueAgreements + "-poison";

    public static IReadOnlyList<string> Tables { get; } =
    [Agreements, WakeUps, References, Directory, Quarantine, Control, Exceptions];

    /// <summary>Those that functions listen to. What is in the others, the timer takes.</summary>
    public static IReadOnlyList<string> Listened { get; } = [PproEvents, DueAgreements];

    public static IReadOnlyList<string> Queues { get; } = [.. Listened, PproEventsPoison, DueAgreementsPoison];
}
