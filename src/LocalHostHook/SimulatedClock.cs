using System.Globalization;

namespace LocalHost.Clock;

/// <summary>
/// The system's time plus an offset that is kept in a small file, so that every process that reads the file has the
/// same time, also after a restart. Only the time of day is simulated: timers and time stamps stay real.
/// </summary>
public sealed class SimulatedClock(string offsetFile) : TimeProvider
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(1);

    /// <summary>After so long every process has seen that time was moved.</summary>
    public static TimeSpan SeenWithin => 2 * LookAgain;

    private readonly Lock gate = new();
    private TimeSpan offset;
    private long lookedAt;

    public TimeSpan Offset
    {
        get
        {
            lock (gate)
            {
                if (lookedAt is 0 || System.GetElapsedTime(lookedAt) > LookAgain)
                {
                    (offset, lookedAt) = (Read() ?? offset, System.GetTimestamp());
                }

                return offset;
            }
        }
    }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;

    /// <summary>Moves time forward to this moment; a moment that has passed changes nothing.</summary>
    public void AdvanceTo(DateTimeOffset moment)
    {
        lock (gate)
        {
            var next = moment - System.GetUtcNow();
            if (next <= Offset)
            {
                return;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(offsetFile))!);
            var scratch = $"{offsetFile}.{Environment.ProcessId}";
            File.WriteAllText(scratch, next.ToString("c", CultureInfo.InvariantCulture));
            File.Move(scratch, offsetFile, overwrite: true);
            (offset, lookedAt) = (next, System.GetTimestamp());
        }
    }

    private TimeSpan? Read()
    {
        try
        {
            return File.Exists(offsetFile)
                ? TimeSpan.ParseExact(File.ReadAllText(offsetFile), "c", CultureInfo.InvariantCulture)
                : TimeSpan.Zero;
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            return null;
        }
    }
}
