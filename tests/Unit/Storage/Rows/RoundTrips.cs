using System.Text.Json;
using Billing;
using Storage;

namespace Unit.Tests.StorageTests;

/// <summary>What is written is what is read, for every column: records with collections are compared as text.</summary>
public sealed class RoundTrips
{
    private static readonly DateTimeOffset At = new(2026, 1, 31, 3, 4, 5, 678, TimeSpan.Zero);
    private static readonly BillingPeriod Period = new(3, new(2026, 4, 30), new(2026, 5, 31));

    [Fact]
    public void An_agreement_with_everything_on_it()
    {
        var agreement = Full();

        var read = AgreementRow.Read(AgreementRow.From(agreement));

        Assert.Equal(Text(agreement), Text(read));
    }

    [Fact]
    public void An_agreement_with_nothing_on_it_yet()
    {
        var begun = Agreement
            .Begin(
                Full().Id,
                Full().Terms with
                {
                    Frequency = null,
                    InitialCharge = null,
                    Amount = null,
                },
                new("k", "h", default),
                At
            )
            .Agreement;

        Assert.Equal(Text(begun), Text(AgreementRow.Read(AgreementRow.From(begun))));
    }

    [Fact]
    public void An_attempt_and_its_exact_bytes()
    {
        var body = Enumerable.Range(0, 200_000).Select(it => (byte)it).ToArray();
        var attempt = Full().Open[0];

        var row = AttemptRow.From(Full().Id, attempt, body);

        Assert.Equal(Text(attempt), Text(AttemptRow.Read(row)));
        Assert.Equal(body, AttemptRow.ReadBody(row).ToArray());
    }

    [Fact]
    public void A_row_of_an_unknown_schema_is_not_guessed_at()
    {
        var row = AgreementRow.From(Full());
        row["Schema"] = 99;

        Assert.Throws<InvalidOperationException>(() => AgreementRow.Read(row));
    }

    [Fact]
    public void Twenty_open_attempts_with_long_histories_fit_into_their_column()
    {
        var history = Enumerable.Repeat(new AttemptEntry(At, "HTTP 500, and a sentence of some length"), 12);
        var attempt = Full().Open[0] with { History = [.. history], Reference = new string('r', 512) };
        var full = Full() with { Open = [.. Enumerable.Repeat(attempt, Agreement.MaxOpen)] };

        TableLimits.Check([new RowWrite.Insert(AgreementRow.From(full))]);
    }

    private static string Text<T>(T value) => JsonSerializer.Serialize(value);

    private static Agreement Full() =>
        new()
        {
            Id = AgreementId.FromKey("round trip"),
            Version = 7,
            CreatedAt = At,
            Terms = new()
            {
                PaymentMethod = "KAKAOPAY",
                ConsumerName = "김카카오",
                ConsumerCountry = "KR",
                Reference = "mine",
                Description = "Illustrator",
                Amount = new(9_900, "KRW"),
                AmountType = AmountType.Max,
                Frequency = new(FrequencyType.Weekly, 2),
                StartDate = At,
                EndDate = At.AddYears(1),
                MaxCharges = 12,
                InitialCharge = new(new(100, "KRW"), "ABC"),
            },
            Create = new()
            {
                IdempotencyKey = "k",
                RequestHash = "h",
                State = CreateState.InDoubt,
                Sends = 2,
                FirstSentAt = At,
                LastClaimedAt = At,
                IsUnderway = true,
                Why = "HTTP 500",
            },
            Provider = new()
            {
                Id = "agr_1",
                Status = AgreementStatus.Active,
                RequestUrl = "https://x.test",
                RequestMethod = "GET",
                InstrumentId = "instr_1",
                InitialChargeId = "charge_1",
                Failure = new("T", "C", "M", true, "-1"),
                StartDate = At,
                CreatedAt = At,
                UpdatedAt = At,
                History = [new("ahist_1", "ACTIVE", At)],
                Revocations = [new("rev_1", "REVOCATION_FAILED", At)],
                ActivatedAt = At,
                ConfirmedAt = At,
                ReadAt = At,
                ReadTriedAt = At,
                RecheckAt = At,
            },
            Plan = new()
            {
                Schedule = new(new(2026, 1, 31), new(FrequencyType.Weekly, 2)),
                Price = new(9_900, "KRW"),
                NextPeriod = 4,
                StartsAt = At,
                PausedAt = At,
                Cancel = new(new(2026, 6, 1), EndedBy.Storefront, "moved", At),
                EndAt = At,
                Replaced = new(new(new(2026, 1, 31), new(FrequencyType.Monthly, 1)), 3),
                FirstTriedOn = new(2026, 1, 31),
                EarlierPrices = [new(new(2026, 1, 31), new(8_800, "KRW"))],
                MaxCharges = 12,
                Dunning = new(Period, 2, At, new(9_900, "KRW")),
                IsPastDue = true,
                PaidThroughOn = new(2026, 4, 30),
                CapturedPeriods = 3,
            },
            Open =
            [
                new()
                {
                    Key = "20260430-1",
                    Amount = new(9_900, "KRW"),
                    Reference = "r",
                    IdempotencyKey = "k",
                    CreatedAt = At,
                    State = AttemptState.Pending,
                    Period = Period,
                    Number = 2,
                    IsInitial = true,
                    Sends = 3,
                    FirstSentAt = At,
                    LastClaimedAt = At,
                    LastLookAt = At,
                    RecheckAt = At,
                    ProviderId = "charge_2",
                    StatusWord = "AUTHORIZATION_ASYNC",
                    Failure = new("T", "C", "M", null),
                    CaptureId = "capture_1",
                    CapturedAt = At,
                    CapturedMinorUnits = 5,
                    CapturedCurrency = "USD",
                    IsByHand = true,
                    History = [new(At, "intended")],
                },
            ],
            Ending = new(At, EndedBy.Storefront, "moved") { WasActive = true },
            Stops = [new("agreement", "two charges", At)],
            Stuck = [new("read", 2, "thrown", At)],
            FundsNewsAt = At,
            CapturedMinorUnits = 300,
            RefundedMinorUnits = 20,
            SingleCharges = 2,
            SingleChargesOn = new(2026, 1, 31),
            NextLookAt = At,
        };
}
