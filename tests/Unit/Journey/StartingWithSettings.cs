using Flows.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Unit.Tests.JourneyTests;

/// <summary>
/// What is wrong with the settings is said at the start, by the name that they have in app settings, and with what is
/// right. Nothing is charged with half of them.
/// </summary>
public sealed class StartingWithSettings
{
    private const string OperatorsHash = "00000000000000000000000000000000000000000000000000000000000000aa";
    private const string AnotherHash = "00000000000000000000000000000000000000000000000000000000000000bb";

    [Theory]
    [InlineData("Ppro__BaseUrl", "https://api.eu.ppro.com")]
    [InlineData("Ppro__BaseUrl", "http://127.0.0.1:7072")]
    [InlineData("Ppro__BaseUrl", "http://localhost:7072/")]
    [InlineData("Ppro__BaseUrl", "http://[::1]:7072")]
    [InlineData("Ppro__SigningSecrets__0", "thirty-two bytes, that is enough")]
    [InlineData("Ppro__SigningSecrets__0", "비밀비밀비밀비밀비밀비")]
    [InlineData("Ppro__SigningSecrets__1", "another secret, while one is rotated")]
    [InlineData("Ppro__SignaturePastLimit", "00:05:00")]
    [InlineData("Charging__DunningDays", "")]
    [InlineData("Charging__DunningDays", "1")]
    [InlineData("Charging__DunningDays", "1,2,30")]
    [InlineData("Operators__0__Name", "Kim Operator, second shift")]
    [InlineData("Operators__0__Name", "김 운영자")]
    [InlineData("Operators__0__KeySha256", "0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789ABCDEF")]
    public void What_is_right_starts(string setting, string value) => Assert.Empty(Faults((setting, value)));

    [Theory]
    [InlineData("Ppro__BaseUrl", null, "https")]
    [InlineData("Ppro__BaseUrl", "", "https")]
    [InlineData("Ppro__BaseUrl", "api.eu.ppro.com", "https")]
    [InlineData("Ppro__BaseUrl", "/v1", "https")]
    [InlineData("Ppro__BaseUrl", "http://api.eu.ppro.com", "https")]
    [InlineData("Ppro__BaseUrl", "http://localhost.example", "https")]
    [InlineData("Ppro__BaseUrl", "ftp://127.0.0.1", "https")]
    [InlineData("Ppro__WebhooksUrl", null, "https")]
    [InlineData("Ppro__WebhooksUrl", "shop.example/api/webhooks/ppro", "https")]
    [InlineData("Ppro__WebhooksUrl", "http://shop.example/api/webhooks/ppro", "https")]
    [InlineData("Ppro__ApiKey", null, "key")]
    [InlineData("Ppro__ApiKey", " ", "key")]
    [InlineData("Ppro__ApiKey", "two\nlines", "key")]
    [InlineData("Ppro__MerchantId", null, "merch_")]
    [InlineData("Ppro__MerchantId", "\t", "merch_")]
    [InlineData("Ppro__SigningSecrets__0", null, "32 bytes")]
    [InlineData("Ppro__SigningSecrets__0", "", "32 bytes")]
    [InlineData("Ppro__SigningSecrets__0", "                        ", "32 bytes")]
    [InlineData("Ppro__SigningSecrets__0", "thirty-one bytes, that is short", "32 bytes")]
    [InlineData("Ppro__SigningSecrets__1", "short", "32 bytes")]
    [InlineData("Ppro__SigningSecrets__1", "", "32 bytes")]
    [InlineData("Ppro__SignaturePastLimit", "00:00:00", "above zero")]
    [InlineData("Ppro__SignaturePastLimit", "-00:05:00", "above zero")]
    [InlineData("Ppro__WritesPerSecond", "0", "1 to 1000")]
    [InlineData("Charging__DunningDays", "0,1", "rising")]
    [InlineData("Charging__DunningDays", "1,0", "rising")]
    [InlineData("Charging__DunningDays", "1,1", "rising")]
    [InlineData("Charging__DunningDays", "3,1", "rising")]
    [InlineData("Charging__DunningDays", "1;3", "rising")]
    [InlineData("Charging__DunningDays", "1, 3", "rising")]
    [InlineData("Charging__DunningDays", "-1", "rising")]
    [InlineData("Charging__SingleChargesPerDay", "0", "1 to 1000")]
    [InlineData("Charging__MaxChargesPerDay", "0", "1")]
    [InlineData("Charging__MaxAmountPerDay", "-1", "1")]
    [InlineData("Charging__WindowCloses", "08:00", "Charging__WindowOpens")]
    [InlineData("Charging__Spread", "13:00:00", "window")]
    [InlineData("Charging__ApprovalDeadline", "00:01:00", "5 minutes")]
    [InlineData("Charging__Freshness", "00:01:00", "a day")]
    [InlineData("Charging__NeverHappenedAfter", "1.00:00:00", "48 hours")]
    [InlineData("Reconciliation__FundsWithin", "-1.00:00:00", "zero")]
    [InlineData("Reconciliation__EventsKept", "29.00:00:00", "30 days")]
    [InlineData("Operators__0__Name", null, "one line of printable text")]
    [InlineData("Operators__0__Name", "", "one line of printable text")]
    [InlineData("Operators__0__Name", "  ", "one line of printable text")]
    [InlineData("Operators__0__Name", "two\nlines", "one line of printable text")]
    [InlineData("Operators__0__Name", "ki\u202em", "one line of printable text")]
    [InlineData("Operators__0__KeySha256", null, "64 hexadecimal digits")]
    [InlineData("Operators__0__KeySha256", "", "64 hexadecimal digits")]
    [InlineData("Operators__0__KeySha256", "0123456789abcdef", "64 hexadecimal digits")]
    [InlineData(
        "Operators__0__KeySha256",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0",
        "64 hexadecimal digits"
    )]
    [InlineData(
        "Operators__0__KeySha256",
        "g123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "64 hexadecimal digits"
    )]
    [InlineData(
        "Operators__0__KeySha256",
        " 123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde ",
        "64 hexadecimal digits"
    )]
    public void What_is_wrong_stops_the_start_and_is_named_with_what_is_right(
        string setting,
        string? value,
        string right
    )
    {
        var fault = Assert.Single(Faults((setting, value)));

        Assert.StartsWith(setting, fault, StringComparison.Ordinal);
        Assert.Contains(right, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Charging__Enabeld", "true", "is no setting: there are AfterLastDecline, AfterLastPeriod, ")]
    [InlineData("Ppro__SigningSecret", "a signing secret of nobody, no secret", "is no setting")]
    [InlineData("Reconciliation__FundWithin", "1.00:00:00", "is no setting")]
    [InlineData("Ppro__ApiKey", "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/a)", "resolved")]
    [InlineData("Ppro__SigningSecrets__1", "@Microsoft.KeyVault(SecretUri=https://v.vault/s/a)", "resolved")]
    public void What_is_no_setting_or_no_value_stops_the_start(string setting, string value, string why)
    {
        var fault = Assert.Single(Faults((setting, value)));

        Assert.StartsWith(setting + " is ", fault, StringComparison.Ordinal);
        Assert.Contains(why, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ppro__ApiKey", "key_sandbox_test_only_not_a_secret")]
    [InlineData("Ppro__MerchantId", "merch_test_only")]
    [InlineData("Ppro__SigningSecrets__0", "test_only_signing_secret_not_a_secret")]
    public void The_samples_values_are_for_this_machine(string setting, string value)
    {
        Assert.Empty(Faults((setting, value)));

        var fault = Assert.Single(Faults((setting, value), ("Ppro__BaseUrl", "https://api.eu.ppro.com")));
        Assert.StartsWith($"{setting} is a value for tests", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var faults = Faults(
            ("Ppro__BaseUrl", "http://api.eu.ppro.com"),
            ("Ppro__ApiKey", ""),
            ("Ppro__SigningSecrets__0", "short"),
            ("Ppro__SigningSecrets__1", "shorter"),
            ("Charging__DunningDays", "0"),
            ("Charging__SingleChargesPerDay", "0"),
            ("Reconciliation__EventsKept", "00:00:00")
        );

        Assert.Equal(
            [
                "Charging__DunningDays",
                "Charging__SingleChargesPerDay",
                "Ppro__ApiKey",
                "Ppro__BaseUrl",
                "Ppro__SigningSecrets__0",
                "Ppro__SigningSecrets__1",
                "Reconciliation__EventsKept",
            ],
            faults.Select(it => it.Split(' ')[0]).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData(100, 0)]
    [InlineData(101, 1)]
    public void An_operators_name_has_up_to_100_characters(int length, int faults) =>
        Assert.Equal(faults, Faults(("Operators__0__Name", new string('k', length))).Count);

    [Fact]
    public void Without_any_operator_it_starts() =>
        Assert.Empty(Faults(("Operators__0__Name", null), ("Operators__0__KeySha256", null)));

    [Fact]
    public void An_operator_may_have_several_keys_also_when_the_first_number_is_free() =>
        Assert.Empty(
            Faults(
                ("Operators__0__Name", null),
                ("Operators__0__KeySha256", null),
                ("Operators__3__Name", "kim"),
                ("Operators__3__KeySha256", OperatorsHash),
                ("Operators__7__Name", "kim"),
                ("Operators__7__KeySha256", AnotherHash)
            )
        );

    [Theory]
    [InlineData("kim")]
    [InlineData("lee")]
    public void A_key_is_given_once_and_belongs_to_one_operator(string name)
    {
        var fault = Assert.Single(
            Faults(("Operators__4__Name", name), ("Operators__4__KeySha256", OperatorsHash.ToUpperInvariant()))
        );

        Assert.StartsWith("Operators__4__KeySha256 must be the hash of another key", fault, StringComparison.Ordinal);
        Assert.Contains("Operators__0__KeySha256", fault, StringComparison.Ordinal);
        Assert.DoesNotContain(OperatorsHash, fault, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Operators__1", "kim")]
    [InlineData("Operators__1__KeySha265", "mistyped")]
    public void An_operator_that_is_half_set_stops_the_start(string setting, string value) =>
        Assert.Equal(
            ["Operators__1__KeySha256", "Operators__1__Name"],
            Faults((setting, value)).Select(it => it.Split(' ')[0]).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void No_secret_is_told() =>
        Assert.DoesNotContain(
            Faults(("Ppro__SigningSecrets__0", "tiny"), ("Ppro__ApiKey", "hid\nden")),
            it => it.Contains("tiny", StringComparison.Ordinal) || it.Contains("hid", StringComparison.Ordinal)
        );

    /// <summary>What the start says to the settings of a local run with these changes.</summary>
    private static IReadOnlyList<string> Faults(params (string Name, string? Value)[] changes)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Ppro__BaseUrl"] = "http://127.0.0.1:7072",
            ["Ppro__ApiKey"] = "key_of_nobody",
            ["Ppro__MerchantId"] = "merch_of_nobody",
            ["Ppro__WebhooksUrl"] = "https://shop.example/api/webhooks/ppro",
            ["Ppro__SigningSecrets__0"] = "a signing secret of nobody, no secret",
            ["Operators__0__Name"] = "kim",
            ["Operators__0__KeySha256"] = OperatorsHash,
        };
        foreach (var (name, value) in changes)
        {
            settings.Remove(name);
            if (value is not null)
            {
                settings[name] = value;
            }
        }

        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                settings.Select(it =>
                    KeyValuePair.Create(it.Key.Replace("__", ":", StringComparison.Ordinal), it.Value)
                )
            )
            .Build();
        using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddFlows()
            .BuildServiceProvider();
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException e)
        {
            return [.. e.Failures.SelectMany(Split)];
        }
        catch (AggregateException e)
        {
            return
            [
                .. e.InnerExceptions.Cast<OptionsValidationException>().SelectMany(it => it.Failures.SelectMany(Split)),
            ];
        }

        static IEnumerable<string> Split(string failure) => failure.Split('\n');
    }
}
