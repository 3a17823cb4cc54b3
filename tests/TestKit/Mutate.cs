using System.Text;

namespace TestKit;

/// <summary>Bytes gone wrong, in the ways in which bytes go wrong; everything from the chance that is given.</summary>
public static class Mutate
{
    private static readonly string[] Pieces =
    [
        "\"",
        "{",
        "]",
        ",",
        "null",
        "-1",
        "1e400",
        "99999999999999999999",
        "\\ud800",
        "김",
        "PAYMENT_AGREEMENT_ACTIVE",
        "PAYMENT_CHARGE_CAPTURE_SUCCEEDED",
        "PAYMENT_CHARGE_REFUND_SUCCEEDED",
        "CHARGEBACK_SUCCEEDED",
        "SOMETHING_NEW",
        "\"id\":\"",
        "../..",
    ];

    /// <summary>One to four mutations of one of these.</summary>
    public static byte[] OneOf(IReadOnlyList<byte[]> seeds, Random random)
    {
        var bytes = seeds[random.Next(seeds.Count)];
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            bytes = Once(bytes, random);
        }

        return bytes;
    }

    private static byte[] Once(byte[] bytes, Random random)
    {
        var (from, to) = (random.Next(bytes.Length + 1), random.Next(bytes.Length + 1));
        (from, to) = (Math.Min(from, to), Math.Max(from, to));
        var noise = new byte[random.Next(1, 9)];
        random.NextBytes(noise);
        var piece = Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]);
        return random.Next(8) switch
        {
            0 => bytes[..from],
            1 => [.. bytes[..from], .. noise, .. bytes[from..]],
            2 => [.. bytes[..from], .. piece, .. bytes[from..]],
            3 => [.. bytes[..from], .. bytes[Math.Min(to, from + 20)..]],
            4 => InsideAString(bytes, piece, random),
            5 => WithADigitChanged(bytes, random),
            6 => [.. bytes[..to], .. bytes[from..]],
            _ => WithAByteFlipped(bytes, random),
        };
    }

    /// <summary>Something between two quotes becomes something else: most of these stay JSON.</summary>
    private static byte[] InsideAString(byte[] bytes, byte[] piece, Random random)
    {
        var quotes = Enumerable.Range(0, bytes.Length).Where(at => bytes[at] is (byte)'"').ToList();
        if (quotes.Count < 2)
        {
            return bytes;
        }

        var first = random.Next(quotes.Count - 1);
        return [.. bytes[..(quotes[first] + 1)], .. piece, .. bytes[quotes[first + 1]..]];
    }

    private static byte[] WithADigitChanged(byte[] bytes, Random random)
    {
        var digits = Enumerable.Range(0, bytes.Length).Where(at => char.IsAsciiDigit((char)bytes[at])).ToList();
        byte[] changed = [.. bytes];
        if (digits.Count > 0)
        {
            changed[digits[random.Next(digits.Count)]] = (byte)('0' + random.Next(10));
        }

        return changed;
    }

    private static byte[] WithAByteFlipped(byte[] bytes, Random random)
    {
        byte[] changed = [.. bytes];
        if (changed.Length > 0)
        {
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
        }

        return changed;
    }
}
