namespace PproSimulator;

/// <summary>Books that outlive the program: those of a folder's journal, which goes on with them.</summary>
public sealed class KeptBooks : IDisposable
{
    private readonly BooksJournal journal;

    private KeptBooks(PproBooks books, BooksJournal journal) => (Books, this.journal) = (books, journal);

    public PproBooks Books { get; }

    /// <exception cref="JournalException">
    /// The journal is somebody else's, is none, or comes to something else today.
    /// </exception>
    public static KeptBooks Open(string folder, TimeProvider clock, BooksSettings settings, string publicUrl)
    {
        var journal = BooksJournal.Open(folder);
        try
        {
            var played = new JournalClock(clock);
            var books = new PproBooks(played, settings, new(journal.Seed)) { PublicUrl = publicUrl };
            JournalPlayer.Play(journal, books, played);
            return new(books, journal);
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    public void Dispose() => journal.Dispose();
}
