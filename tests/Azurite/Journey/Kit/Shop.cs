using System.Text;
using Billing;
using Flows.Shop;

namespace Azurite.Tests.JourneyTests;

/// <summary>What the shop and its consumers do, for many agreements at once.</summary>
public static class Shop
{
    public const long Price = 9_900;
    private static int named;

    /// <summary>A daily plan; <paramref name="frequency"/> for another.</summary>
    public static byte[] AgreementBody(string frequency = "DAILY", string? firstChargeReference = null) =>
        Encoding.UTF8.GetBytes(
            $$"""
            {
              "paymentMethod": "KAKAOPAY",
              "consumer": { "name": "김카카오", "country": "KR" },
              "amount": { "value": {{Price}}, "currency": "KRW" },
              {{FirstCharge(firstChargeReference)}}
              "frequency": { "type": "{{frequency}}", "interval": 1 },
              "authenticationSettings": [
                { "type": "REDIRECT", "settings": { "returnUrl": "https://shop.example/return" } }
              ]
            }
            """
        );

    private static string FirstCharge(string? reference) =>
        reference is null
            ? string.Empty
            : $$"""
                "initialPaymentCharge": {
                  "amount": { "value": 101, "currency": "KRW" },
                  "merchantPaymentChargeReference": "{{reference}}"
                },
                """;

    /// <summary>The names under which a shop will create agreements.</summary>
    public static IReadOnlyList<string> NewNames(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => $"order-{Interlocked.Increment(ref named)}")];

    public static async Task<IReadOnlyList<Subject>> CreateAsync(
        this World world,
        int count,
        string frequency = "DAILY",
        int status = 201
    )
    {
        var names = NewNames(count);
        await names.ForEachAsync(async name =>
        {
            var reply = await world.Get<CreateAgreement>().RunAsync(AgreementBody(frequency), name, default);
            Assert.Equal(status, reply.Status);
        });
        return [.. names.Select(Subject.Named)];
    }

    /// <summary>The consumers approve in KakaoPay.</summary>
    public static void Approve(this World world, IEnumerable<Subject> subjects)
    {
        var wanted = subjects.Select(it => it.Id.Value).ToHashSet();
        var pending = world.Books.With(it =>
            it.Agreements.Where(agreement => wanted.Contains(agreement.Reference!))
                .Select(agreement => agreement.Id)
                .ToList()
        );
        Assert.All(pending, id => Assert.True(world.Books.Approve(id)));
    }

    /// <summary>Agreements that are active, whose first period is paid, with nothing due before tomorrow.</summary>
    public static async Task<IReadOnlyList<Subject>> ActiveAsync(
        this World world,
        int count,
        string frequency = "DAILY"
    )
    {
        var subjects = await world.CreateAsync(count, frequency);
        world.Approve(subjects);
        await world.Host.AdvanceAsync(TimeSpan.FromHours(2));
        await subjects.ForEachAsync(async subject =>
        {
            Assert.Equal(AgreementStatus.Active, (await world.FindAsync(subject.Id))!.Status);
            Assert.Single(await world.WakeUpsOfAsync(subject.Id));
        });
        return subjects;
    }

    /// <summary>Weekly agreements whose second period's first charge will meet an empty account.</summary>
    public static async Task<IReadOnlyList<Subject>> BrokeAsync(this World world, int count)
    {
        var subjects = await world.ActiveAsync(count, "WEEKLY");
        foreach (var subject in subjects)
        {
            var period = (await world.FindAsync(subject.Id))!.Plan.Schedule!.Period(1);
            world.Books.Decline(
                new("PROVIDER_DECLINE", "INSUFFICIENT_FUNDS", "The account is empty", true),
                ChargeKeys.Reference(subject.Id, ChargeKeys.Scheduled(period, 1)),
                1
            );
        }

        return subjects;
    }

    /// <summary>For each, several at once.</summary>
    public static Task ForEachAsync<T>(this IEnumerable<T> items, Func<T, Task> act) =>
        Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (item, _) => await act(item)
        );
}
