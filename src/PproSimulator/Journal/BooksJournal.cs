using System.Text;
using System.Text.Json.Nodes;

namespace PproSimulator;

/// <summary>
/// What came to the books, line by line in a file, so that they outlive the program: the same things in the same order
/// at the same times with the same chance make the same books. A line is written before anybody hears what came of it.
/// </summary>
internal sealed class BooksJournal : IDisposable
{
    private const string FileName = "journal.jsonl";
    private readonly FileStream file;

    private BooksJournal(FileStream file, int seed) => (this.file, Seed) = (file, seed);

    /// <summary>Where all chance of these books comes from.</summary>
    public int Seed { get; }

    /// <summary>Opens the journal of a folder, or begins one.</summary>
    /// <exception cref="JournalException">It is somebody else's, or no journal.</exception>
    public static BooksJournal Open(string folder)
    {
        var path = Path.Combine(folder, FileName);
        var file = OpenFile(folder, path);
        try
        {
            if (ReadLine(file) is { } head)
            {
                return new(file, SeedOf(head) ?? throw new JournalException($"{path} is no journal of the simulator."));
            }

            file.SetLength(0);
            var journal = new BooksJournal(file, Random.Shared.Next());
            journal.Append(JsonText.Of(new JsonObject { ["journal"] = 1, ["seed"] = journal.Seed }));
            return journal;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Everything that was kept, once. A last line that was not finished is no entry: nobody has heard of it, and it is
    /// cut off.
    /// </summary>
    public IEnumerable<JournalEntry> ReadAll()
    {
        for (var number = 2; ; number++)
        {
            var from = file.Position;
            if (ReadLine(file) is not { } line)
            {
                file.SetLength(from);
                file.Position = from;
                yield break;
            }

            yield return JournalEntry.Parse(line)
                ?? throw new JournalException($"Line {number} of {file.Name} is no entry of the simulator's journal.");
        }
    }

    public void Keep(JournalEntry entry) => Append(entry.ToLine());

    public void Dispose() => file.Dispose();

    private static FileStream OpenFile(string folder, string path)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"The simulator's journal cannot be opened. {e.Message}");
        }
    }

    private static int? SeedOf(string head)
    {
        try
        {
            return JsonNode.Parse(head) is JsonObject json && (int?)json["journal"] is 1 ? (int?)json["seed"] : null;
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private void Append(string line)
    {
        file.Write(Encoding.UTF8.GetBytes(line + "\n"));
        file.Flush();
    }

    /// <summary>Null when there is none, or its end is missing.</summary>
    private static string? ReadLine(FileStream file)
    {
        var bytes = new List<byte>();
        for (var read = file.ReadByte(); read >= 0; read = file.ReadByte())
        {
            if (read is '\n')
            {
                return Encoding.UTF8.GetString([.. bytes]);
            }

            bytes.Add((byte)read);
        }

        return null;
    }
}

/// <summary>The journal cannot be used; the message says why.</summary>
public sealed class JournalException(string message) : Exception(message);
