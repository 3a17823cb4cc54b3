using Azure.Data.Tables;
using Storage;

namespace Simulation.Tests;

/// <summary>
/// That another charge under our reference was captured only calls for a person: its event books nothing.
/// </summary>
internal sealed class TwinBooksNothing : WrittenOtherwise
{
    public override Plan Favour(Plan plan) =>
        plan with
        {
            ClosesExceptions = true,
            Webhooks = new(0, 0, 0),
            Odd = plan.Odd with
            {
                Oddities = [new(0.1, new("twinFailedFirst"), 2), new(0.4, new("twinFailedFirst"), 2)],
            },
        };

    protected override IReadOnlyList<RowWrite> Write(World world, string table, IReadOnlyList<RowWrite> writes)
    {
        var told = writes.FirstOrDefault(it => it.Entity.GetString("Type") is "PAYMENT_CHARGE_CAPTURE_SUCCEEDED");
        var own = writes.FirstOrDefault(IsAgreement);
        var booked = writes.FirstOrDefault(it => it.Entity.GetString("State") is "Captured");
        if (told is null || own is null || booked is null || Stored(world, table, booked) is not { } attempt)
        {
            return writes;
        }

        var known = attempt.GetString("ProviderId");
        if (known is null || known == booked.Entity.GetString("ProviderId"))
        {
            return writes;
        }

        var before = Stored(world, table, own)!;
        before["Stops"] = own.Entity.GetString("Stops");
        return [With(own, before), told];
    }

    private static TableEntity? Stored(World world, string table, RowWrite write) =>
        world.Tables.FindAsync(table, new(write.Entity.PartitionKey, write.Entity.RowKey), default).Result;
}

/// <summary>
/// A charge had failed and is captured after all: its period's next attempt, which is on its way, is sent again.
/// </summary>
internal sealed class RetryOfPaidPeriodSent : SeenOtherwise
{
    public override FaultKind[] Favours => [FaultKind.Reset, FaultKind.Http500];

    public override Plan Favour(Plan plan) =>
        plan with
        {
            ClosesExceptions = true,
            Webhooks = new(0, 0, 0),
            Odd = plan.Odd with
            {
                Oddities =
                [
                    .. Enumerable.Range(1, 8).Select(it => AfterAll(it * 0.1, TimeSpan.FromHours(12 + (3 * it)))),
                ],
            },
        };

    private static PlannedOddity AfterAll(double at, TimeSpan after) =>
        new(at, new("capturedAfterAll") { After = after }, 1);

    protected override void See(World world, TableEntity agreement) =>
        ChangeOpen(agreement, it => it["IsPeriodTaken"] = false);
}
