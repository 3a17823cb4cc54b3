namespace PproSimulator;

/// <summary>Ids as PPRO makes them: a prefix and 21 letters or digits.</summary>
internal sealed class Ids(Random random)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public string New(string prefix = "") => prefix + new string(random.GetItems<char>(Alphabet, 21));

    /// <summary>Three parts with dots, as in a redirection token.</summary>
    public string NewToken() => $"{New()}.{New()}.{New()}";
}
