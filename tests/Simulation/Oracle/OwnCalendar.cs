namespace Simulation.Tests;

/// <summary>
/// The days on which an agreement's periods start, counted here: from the first anchor, by what the shop asked for and
/// was granted. A change of frequency takes effect at the next period that is not begun; whether one that has started
/// today is begun, nobody can say from outside, and then both are kept until the next period tells.
/// </summary>
internal sealed class OwnCalendar(DateOnly anchor, string frequency)
{
    private List<Course> courses = [new(anchor, frequency, 0)];

    /// <summary>The first day of the first period of all.</summary>
    public DateOnly First => anchor;

    /// <summary>The days on which periods started that were taken: charged or skipped.</summary>
    public List<DateOnly> Taken { get; } = [];

    /// <summary>The day on which the first period starts that is not taken yet.</summary>
    public DateOnly Next => courses[0].Next;

    public bool MayBeNext(DateOnly day) => courses.Exists(it => it.Next == day);

    /// <summary>False when no period starts on this day, or an earlier one has been passed over.</summary>
    public bool Take(DateOnly day) => Taken.Contains(day) || Advance(day, day);

    /// <summary>
    /// Passes over a range of periods; false when no period starts on its first day, or an earlier one has
    /// been passed over.
    /// </summary>
    public bool Skip(DateOnly from, DateOnly through) => Taken.Contains(from) || Advance(from, through);

    public void Change(string to, bool hasNextStarted) =>
        courses = [
            .. courses
                .SelectMany(it => hasNextStarted ? [it.To(to), it.ToLater(to)] : (Course[])[it.To(to)])
                .Distinct(),
        ];

    /// <summary>When the service of a period ends: at the start of the one after it.</summary>
    public DateOnly EndOf(DateOnly day) => Taken.Where(it => it > day).Append(Next).Min();

    /// <summary>How many periods later than the one that starts on this day is the one on that day.</summary>
    public int PeriodsBetween(DateOnly day, DateOnly today)
    {
        var later = Taken.Count(it => it > day && it <= today);
        for (var course = courses[0]; course.Next <= today; course = course.Advanced())
        {
            later += course.Next > day ? 1 : 0;
        }

        return later;
    }

    private bool Advance(DateOnly from, DateOnly through)
    {
        var possible = courses.Where(it => it.Next == from).Select(it => it.Until(through)).OfType<Course>().ToList();
        if (possible is [])
        {
            return false;
        }

        for (var course = courses.Find(it => it.Next == from)!; course.Next <= through; course = course.Advanced())
        {
            Taken.Add(course.Next);
        }

        courses = [.. possible.Distinct()];
        return true;
    }

    /// <param name="Anchor">From which it counts.</param>
    /// <param name="Frequency">As rows have it: <c>1 Monthly</c>.</param>
    /// <param name="Number">Of the next period.</param>
    private sealed record Course(DateOnly Anchor, string Frequency, int Number)
    {
        /// <summary>The frequency from the next period on, when it is another.</summary>
        private string? Pending { get; init; }

        /// <summary>The frequency from the period after the next one on, when it is another.</summary>
        private string? Later { get; init; }

        public DateOnly Next => Grid.Day(Anchor, Frequency, Number);

        public Course To(string frequency) =>
            this with
            {
                Pending = frequency == Frequency ? null : frequency,
                Later = null,
            };

        public Course ToLater(string frequency) =>
            this with
            {
                Later = frequency == (Pending ?? Frequency) ? null : frequency,
            };

        /// <summary>The next period is taken.</summary>
        public Course Advanced() =>
            (Pending is { } pending ? new(Next, pending, 1) : this with { Number = Number + 1, Later = null })
                is var next
            && Later is { } later
                ? next.To(later)
                : next;

        /// <summary>All periods to this one are taken; null when none starts on that day.</summary>
        public Course? Until(DateOnly through)
        {
            var course = this;
            while (course.Next < through)
            {
                course = course.Advanced();
            }

            return course.Next == through ? course.Advanced() : null;
        }
    }
}
