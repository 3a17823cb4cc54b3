namespace Flows.Replies;

/// <summary>To whoever may not operate.</summary>
public static partial class Problems
{
    /// <summary>It is not said whether a key was missing or wrong.</summary>
    public static Reply OperatorKeyRefused(string header) =>
        Of("operator-key-refused", "An operator's key is needed", 401, $"Send an operator's key in {header}.");

    public static Reply NoOperatorKeySet() =>
        Of(
            "no-operator-key-set",
            "No operator's key is set",
            403,
            "Nobody can operate until a key is set: see Operators__0__Name and Operators__0__KeySha256 in the settings."
        );
}
