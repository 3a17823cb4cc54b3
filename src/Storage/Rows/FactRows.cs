using System.Diagnostics;
using Azure.Data.Tables;
using Billing;

namespace Storage;

/// <summary>
/// How a fact is kept: new things are inserted, known ones merged; all under the agreement row's ETag.
/// </summary>
internal static class FactRows
{
    public static RowWrite WriteOf(AgreementId agreement, Fact fact) =>
        fact switch
        {
            Fact.NewCreateBody created => Insert(agreement, Keys.CreateBody, row => row.PutBytes("Body", created.Body)),
            Fact.NewAttempt opened => new RowWrite.Insert(AttemptRow.From(agreement, opened.Attempt, opened.Body)),
            Fact.AttemptMoved moved => new RowWrite.Merge(AttemptRow.From(agreement, moved.Attempt)),
            Fact.NewRefund opened => new RowWrite.Insert(RefundRow.From(agreement, opened.Refund, opened.Body)),
            Fact.RefundMoved moved => new RowWrite.Merge(RefundRow.From(agreement, moved.Refund)),
            Fact.NewReference reference => Insert(
                agreement,
                Keys.Reference(reference.Reference),
                row =>
                {
                    row["Reference"] = reference.Reference;
                    row["Key"] = reference.Key;
                }
            ),
            Fact.NewEvent happened => Insert(
                agreement,
                Keys.Event(happened.EventId),
                row =>
                {
                    row["Type"] = happened.Type;
                    row["ReceivedAt"] = happened.ReceivedAt;
                    row["Effect"] = happened.Effect;
                    row["MovedMoney"] = happened.MovedMoney ? true : null;
                    row.PutBytes("Raw", happened.Raw);
                }
            ),
            Fact.MoneyMoved money => Insert(
                agreement,
                Keys.Money(money.ChargeKey, money.RefundId, money.Number),
                row =>
                {
                    var counted = money.ForeignCurrency is null ? money.MinorUnits : 0;
                    row["CapturedMinorUnits"] = money.RefundId is null ? counted : 0;
                    row["RefundedMinorUnits"] = money.RefundId is null ? 0 : counted;
                    row["ForeignMinorUnits"] = money.ForeignCurrency is null ? null : money.MinorUnits;
                    row["ForeignCurrency"] = money.ForeignCurrency;
                    row["ProviderId"] = money.ProviderId;
                    row["At"] = money.At;
                }
            ),
            Fact.NewOperation operation => Insert(
                agreement,
                Keys.Operation(operation.Hash),
                row =>
                {
                    row["BodyHash"] = operation.BodyHash;
                    row["Made"] = operation.Made;
                    row["At"] = operation.At;
                }
            ),
            // Put: a period that was skipped by hand, tried again by hand and skipped once more has one row.
            Fact.PeriodsSkipped skipped => new RowWrite.Put(
                Insert(agreement, Keys.Skip(skipped.From), row => Skipped(row, skipped)).Row
            ),
            _ => throw new UnreachableException(),
        };

    /// <summary>
    /// The facts whose row, when it is already there, answers the whole operation. An event is known by its own row
    /// alone: a refund that it tells of may have been heard of otherwise.
    /// </summary>
    public static IEnumerable<Fact> Answering(IReadOnlyCollection<Fact> facts) =>
        facts.Any(it => it is Fact.NewEvent)
            ? facts.Where(it => it is Fact.NewEvent)
            : facts.Where(it => it is Fact.NewOperation or Fact.NewReference or Fact.NewRefund);

    private static RowWrite.Insert Insert(AgreementId agreement, string key, Action<TableEntity> fill)
    {
        var row = RowColumns.Row(agreement.Value, key);
        fill(row);
        return new(row);
    }

    private static void Skipped(TableEntity row, Fact.PeriodsSkipped skipped)
    {
        row["FromOn"] = BillingPeriod.NameOf(skipped.From);
        row["ThroughOn"] = BillingPeriod.NameOf(skipped.Through);
        row["Count"] = skipped.Count;
        row["Reason"] = skipped.Reason;
        row["At"] = skipped.At;
    }
}
