using Azure.Data.Tables;
using Billing;
using Flows.Looks;
using Storage;

namespace Simulation.Tests;

/// <summary>
/// What became durable when, watched at the tables themselves; promises that must hold at every moment are checked
/// here.
/// </summary>
internal sealed class Ledger(World world)
{
    private readonly Dictionary<(string Agreement, string Reference), Claimed> claims = [];
    private readonly Dictionary<string, AgreementWitness> agreements = [];
    private readonly Dictionary<string, int> calmLooks = [];
    private readonly StopWitness stops = new(world);
    private readonly Kept kept = new(world);
    private bool isStale = true;

    /// <summary>
    /// A daily agreement that goes well needs two or three a day; one that waits for a person or at a closed gate, four
    /// an hour.
    /// </summary>
    private const int MaxCalmLooks = 900;

    /// <summary>A decision may become durable so much later, on a clock that is wrong by so much.</summary>
    private static readonly TimeSpan HeldUp = TimeSpan.FromHours(12);

    /// <summary>The minute of the earliest wake-up.</summary>
    public DateTimeOffset? FirstWakeUp
    {
        get
        {
            if (isStale)
            {
                isStale = false;
                var rows = world.Tables.RangeAsync(StoreNames.WakeUps, new("0", "9", 1), default).Result;
                field = rows.Count is 0 ? null : Keys.MinuteOf(rows[0].PartitionKey);
            }

            return field;
        }
    }

    /// <summary>What PPRO's events have told us is captured.</summary>
    public Told Told { get; } = new(world);

    /// <summary>When anyone last claimed anything.</summary>
    public DateTimeOffset LastClaimAt { get; private set; } = world.Time.Now;

    public AgreementWitness? Of(AgreementId agreement) => agreements.GetValueOrDefault(agreement.Value);

    public IEnumerable<AgreementWitness> Agreements => agreements.Values;

    /// <summary>Our key of the charge that has this reference at PPRO.</summary>
    public string? KeyOf(string agreement, string reference) =>
        ClaimOf(agreement, reference)?.RowKey["charge-".Length..];

    /// <summary>A reference of a shop's may name charges of several agreements.</summary>
    public Claimed? ClaimOf(string agreement, string reference) => claims.GetValueOrDefault((agreement, reference));

    /// <summary>All that left, or was to leave, under one reference, of whichever agreement.</summary>
    public IEnumerable<Sending> SendingsUnder(string reference) =>
        claims.Values.Select(it => it.Sending).Where(it => it.Reference == reference);

    /// <summary>All that left, or was to leave, of one agreement.</summary>
    public IEnumerable<Sending> SendingsOf(string agreement) =>
        claims.Values.Select(it => it.Sending).Where(it => it.Agreement == agreement);

    public void Committed(string table, IReadOnlyList<RowWrite> writes)
    {
        if (table == StoreNames.WakeUps)
        {
            isStale = true;
            foreach (var write in writes.OfType<RowWrite.Delete>())
            {
                CheckHandOver(write.Entity.RowKey);
            }
        }

        if (table == StoreNames.Control)
        {
            foreach (var write in writes)
            {
                stops.Committed(write.Entity);
            }
        }

        foreach (var write in writes.Where(it => table == StoreNames.Quarantine && it is RowWrite.Merge))
        {
            Told.JudgeQuarantine(write.Entity);
        }

        if (table == StoreNames.Agreements)
        {
            var id = writes[0].Entity.PartitionKey;
            var witness = agreements.GetValueOrDefault(id) ?? new(world, id);
            agreements[id] = witness;
            if (writes.FirstOrDefault(it => it.Entity.RowKey == Keys.Agreement) is { } first)
            {
                witness.Begun(first.Entity);
            }

            NoteWish(id, writes);
            var isStopped = writes.FirstOrDefault(it => it.Entity.RowKey == Keys.Agreement) is { } own
                ? Stopped.Is(own.Entity)
                : !witness.MayCharge;
            foreach (var write in writes)
            {
                kept.Committed(write);
                NoteClaim(write.Entity, witness);
                NoteDecision(write.Entity, witness, isStopped);
                NoteSkip(write.Entity, witness);
                NoteEvent(write.Entity, witness);
            }

            foreach (var write in writes.Where(it => it.Entity.RowKey == Keys.Agreement))
            {
                witness.Committed(write.Entity);
            }
        }
    }

    /// <summary>A message is done: whoever it was about must be in another hand by now.</summary>
    public void Finished(string queue, ReadOnlyMemory<byte> body)
    {
        if (
            queue is StoreNames.DueAgreements or StoreNames.DueAgreementsPoison
            && LookMessage.Parse(body) is { } agreement
        )
        {
            CheckHandOver(agreement.Value);
            CheckCircle(agreement.Value);
        }
    }

    /// <summary>
    /// In calm days few looks are needed: whoever is looked at every minute has something before it that is never done.
    /// </summary>
    private void CheckCircle(string agreement)
    {
        calmLooks[agreement] = world.IsCalm ? calmLooks.GetValueOrDefault(agreement) + 1 : 0;
        if (calmLooks[agreement] > MaxCalmLooks)
        {
            world.Violate($"{agreement} was looked at {MaxCalmLooks} times in calm days");
        }
    }

    /// <summary>
    /// Whoever puts a look down has handed it on; only what a walk finds again may be lost for a while.
    /// </summary>
    private void CheckHandOver(string agreement)
    {
        if (!world.NeedsWalk)
        {
            CheckBaton(agreement);
        }
    }

    /// <summary>The README's promise 20: a live agreement has its next look in hand.</summary>
    public void CheckBaton(string agreement)
    {
        if (
            !AgreementId.TryParse(agreement, out var id)
            || IsInHand(id)
            || world.Store.FindAsync(id, default).Result is not { } it
        )
        {
            return;
        }

        // A first charge that waits for an agreement which never came to PPRO waits for nothing.
        var isOver =
            it.Open.All(attempt => attempt.State is AttemptState.Waiting) && it.OpenRefunds.IsEmpty && IsOver(it);
        if (!isOver)
        {
            world.Violate($"nobody will look at {agreement} again");
        }
    }

    private static bool IsOver(Agreement it) =>
        it.Status?.IsFinal() is true || (it.Ending is not null && it.Provider.Id is null);

    private bool IsInHand(AgreementId id)
    {
        string[] queues = [StoreNames.DueAgreements, StoreNames.DueAgreementsPoison];
        return queues.SelectMany(world.Queues.Bodies).Any(body => LookMessage.Parse(body) == id)
            || world
                .Tables.RangeAsync(StoreNames.WakeUps, new("0", "9", int.MaxValue), default)
                .Result.Any(row => row.RowKey == id.Value);
    }

    private void NoteClaim(TableEntity row, AgreementWitness witness)
    {
        var column =
            row.RowKey.StartsWith(Keys.ChargePrefix, StringComparison.Ordinal) ? "Attempt0"
            : row.RowKey.StartsWith(Keys.AnyRefundPrefix, StringComparison.Ordinal) ? "Refund0"
            : null;
        if (column is null || row.GetString(column) is not { } json)
        {
            return;
        }

        var seen = Claimed.Read(json, row.RowKey, world.Time.Now, SendingOf);
        var (sending, known) = (seen.Sending, claims.GetValueOrDefault((witness.Id, seen.Reference)));
        if (known is not null && seen.Sends is 0)
        {
            sending.Unsend(); // It is certainly not at PPRO: its clock starts with its next claim.
        }

        if (known is null && sending.Period is { } day && witness.Calendar?.Take(day) is false)
        {
            world.Violate($"{row.RowKey} is of no period, or one before it was passed over");
        }

        var isFirstSend =
            known is null || (seen is { Sends: 1, Sending.IsInitial: false } && seen.Stamp != known.Stamp);
        if (isFirstSend && column is "Attempt0")
        {
            CheckBegun(sending, witness);
        }

        if (known is null || (seen.Sends > 0 && seen.Stamp != known.Stamp))
        {
            LastClaimAt = world.Time.Now;
            Told.JudgeClaim(sending);
            sending.Claimed(world.Time.Now, seen.Sends > 0 ? seen.ClaimedAt : null);
            claims[(witness.Id, seen.Reference)] = seen with { MayCharge = witness.MayCharge };
        }

        if (isFirstSend)
        {
            Dunned.Judge(world, witness, sending);
        }

        Sending SendingOf(string reference, bool isInitial) =>
            claims.GetValueOrDefault((witness.Id, reference))?.Sending
            ?? new(witness.Id, reference, row.RowKey)
            {
                IsInitial = isInitial,
                Wish = world.Stage.Current?.Wish,
                Asked = isInitial ? world.Lives.Find(it => it.Id.Value == witness.Id)?.Terms.Initial : null,
            };
    }

    private void NoteSkip(TableEntity row, AgreementWitness witness)
    {
        if (
            row.RowKey.StartsWith(Keys.SkipPrefix, StringComparison.Ordinal)
            && witness.Calendar?.Skip(DayIn(row, "FromOn"), DayIn(row, "ThroughOn")) is false
        )
        {
            world.Violate($"{row.RowKey} skips what is no period, or one before it was passed over");
        }

        static DateOnly DayIn(TableEntity row, string column) =>
            DateOnly.ParseExact(row.GetString(column)!, "yyyyMMdd", null);
    }

    private void NoteDecision(TableEntity row, AgreementWitness witness, bool isStopped)
    {
        if (
            row.RowKey.StartsWith(Keys.ChargePrefix, StringComparison.Ordinal)
            && row.GetString("Reference") is { } reference
            && ClaimOf(witness.Id, reference)?.Sending is { } sending
        )
        {
            if (Believed.IsDecided(row) && !sending.IsDecided)
            {
                Believed.Judge(world, sending, row, witness.ProviderId, isStopped);
            }

            sending.IsDecided |= Believed.IsDecided(row);
            sending.IsKnownAtPpro |= row.GetString("ProviderId") is not null;
        }
    }

    /// <summary>What a shop asked for is accepted when the row of its operation is there.</summary>
    private void NoteWish(string agreement, IReadOnlyList<RowWrite> writes)
    {
        if (
            world.Stage.Current?.Wish is { AcceptedAt: null } wish
            && writes.Any(it => it.Entity.RowKey.StartsWith(Keys.Operation(string.Empty), StringComparison.Ordinal))
        )
        {
            (wish.AcceptedAt, wish.WasHeldUp) = (world.Time.Now, world.Stage.Current.WasHeldUp);
            world.Lives.Find(it => it.Id.Value == agreement)?.Accepted.Add(wish);
            if (wish.Frequency is { } frequency && agreements[agreement].Calendar is { } calendar)
            {
                var starts = new DateTimeOffset(calendar.Next.ToDateTime(default), Grid.Seoul);
                calendar.Change(frequency, hasNextStarted: starts <= world.Time.Now + world.Slack);
            }
        }
    }

    /// <summary>
    /// The README's promises 13 and 19: nothing is sent for the first time after a cancel, nor for a period that is
    /// long over.
    /// </summary>
    private void CheckBegun(Sending sending, AgreementWitness witness)
    {
        var rowKey = sending.RowKey;
        var life = world.Lives.Find(it => it.Id.Value == witness.Id);
        if (life is null)
        {
            return;
        }

        if (life.CancelledAt is { } cancelled)
        {
            world.Violate($"{rowKey} was begun after the cancel of {cancelled}");
        }

        var day = rowKey.Split('-')[1];
        if (witness.PausedAt is { } paused && day is not "s" && !sending.IsByHand)
        {
            world.Violate($"{rowKey} was sent for the first time during the pause since {paused:O}");
        }

        var catchUp = life.Plan.CatchUp;
        if (!sending.IsByHand && witness.PeriodsSince(day, world.Time.Now - HeldUp) > catchUp)
        {
            world.Violate($"{rowKey} was begun at {world.Time.Now:O}, and may be caught up by {catchUp} periods only");
        }
    }

    private void NoteEvent(TableEntity row, AgreementWitness witness)
    {
        if (row.GetBinary("Raw0") is not { } raw)
        {
            return;
        }

        witness.HeardAt = world.Time.Now;
        if (!witness.Events.Add(Convert.ToHexString(raw)))
        {
            world.Violate($"an event of {witness.Id} was applied twice");
        }

        Told.Heard(row, raw);
    }
}
