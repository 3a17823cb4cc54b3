using System.Net.Http.Headers;
using Flows.Events;
using Flows.Looks;
using Flows.Operations;
using Flows.Sending;
using Flows.Shop;
using Flows.Walk;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Ppro;
using Storage;

namespace Flows.Settings;

/// <summary>
/// The journey's parts, for the host's container. The host adds the tables, the queues and the clock.
/// </summary>
public static class FlowsRegistration
{
    /// <summary>Azurite, and load balancers, close idle connections: ours are younger.</summary>
    private static readonly TimeSpan PooledIdleTimeout = TimeSpan.FromSeconds(3);

    public static IServiceCollection AddFlows(this IServiceCollection services)
    {
        return services
            .AddChecked<PproOptions>(PproOptions.Section)
            .AddChecked<ChargingOptions>(ChargingOptions.Section)
            .AddChecked<ReconciliationOptions>(ReconciliationOptions.Section)
            .AddChecked<OperatorsOptions>(it => it.Configure<IConfiguration>(OperatorsOptions.Read))
            .AddSingleton(provider => provider.GetRequiredService<IOptions<ChargingOptions>>().Value.ToRules())
            .AddSingleton(provider => new PproClient(
                CreateHttpClient(provider.GetRequiredService<IOptions<PproOptions>>().Value),
                provider.GetRequiredService<TimeProvider>()
            ))
            .AddSingleton(provider => provider.GetRequiredService<IOptions<ReconciliationOptions>>().Value.ToRules())
            .AddSingleton(provider =>
                KeysOf(
                    provider.GetRequiredService<IOptions<OperatorsOptions>>().Value,
                    provider.GetRequiredService<IOptions<PproOptions>>().Value
                )
            )
            .AddStores()
            .AddSteps()
            .AddWalk();
    }

    private static IServiceCollection AddStores(this IServiceCollection services) =>
        services
            .AddSingleton<MissingStores>()
            .AddSingleton<WakeUps>()
            .AddSingleton<AgreementStore>()
            .AddSingleton<AgreementDirectory>()
            .AddSingleton<ReferenceOwners>()
            .AddSingleton<Quarantine>()
            .AddSingleton<OperatorActions>()
            .AddSingleton<ChargingControlStore>();

    private static IServiceCollection AddSteps(this IServiceCollection services) =>
        services
            .AddSingleton<AgreementChanges>()
            .AddSingleton<SendClock>()
            .AddSingleton<ChargingSwitch>()
            .AddSingleton<DailyAllowance>()
            .AddSingleton<ChargingGate>()
            .AddSingleton<SendOrder>()
            .AddSingleton<SecondOpinion>()
            .AddSingleton<AutomaticStop>()
            .AddSingleton<SendCheck>()
            .AddSingleton<ChargeIntents>()
            .AddSingleton<ChargeSender>()
            .AddSingleton<AgreementSender>()
            .AddSingleton<EventOwners>()
            .AddSingleton<EventQuarantine>()
            .AddSingleton<ReadBack>()
            .AddSingleton<ReadBackRefund>()
            .AddSingleton<RefundSender>()
            .AddSingleton<RefundAgain>()
            .AddSingleton<LookSteps>()
            .AddSingleton<CreateAgreement>()
            .AddSingleton<GetAgreement>()
            .AddSingleton<ListAgreements>()
            .AddSingleton<ReadAgreement>()
            .AddSingleton<RevokeAgreement>()
            .AddSingleton<KeyedChange>()
            .AddSingleton<PauseAgreement>()
            .AddSingleton<CancelAgreement>()
            .AddSingleton<UncancelAgreement>()
            .AddSingleton<ChangeSchedule>()
            .AddSingleton<CallersCharges>()
            .AddSingleton<ChargePeriod>()
            .AddSingleton<RetryPeriod>()
            .AddSingleton<SkipPeriod>()
            .AddSingleton<CreateCharge>()
            .AddSingleton<GetCharges>()
            .AddSingleton<RefundCharge>()
            .AddSingleton<GetRefunds>()
            .AddSingleton<ReceivePproWebhook>()
            .AddSingleton<ApplyPproEvent>()
            .AddSingleton<KeepPoisonedEvent>()
            .AddSingleton<EmptyPoisonQueues>()
            .AddSingleton<IssueRecurringCharges>()
            .AddSingleton<EveryMinute>()
            .AddSingleton<LookAtAgreement>()
            .AddSingleton<RearmLook>()
            .AddSingleton<OperatorsDoor>()
            .AddSingleton<OperateCharging>()
            .AddSingleton<ShowQuarantine>()
            .AddSingleton<ReplayQuarantine>()
            .AddSingleton<Tick>()
            .AddSingleton<CheckHealth>();

    private static IServiceCollection AddWalk(this IServiceCollection services) =>
        services
            .AddSingleton<DirectoryWalk>()
            .AddSingleton<AgreementLedger>()
            .AddSingleton<ExceptionList>()
            .AddSingleton<WalkStateStore>()
            .AddSingleton<WalkReads>()
            .AddSingleton<LearnFromList>()
            .AddSingleton<CompareWithPpro>()
            .AddSingleton<KeepFindings>()
            .AddSingleton<VisitAgreement>()
            .AddSingleton<RearmCheck>()
            .AddSingleton<WalkAgreements>()
            .AddSingleton<ShowWalk>()
            .AddSingleton<RecheckAgreement>()
            .AddSingleton<OperateExceptions>();

    /// <summary>Where PPRO is this machine, so is whoever operates.</summary>
    private static OperatorKeys KeysOf(OperatorsOptions options, PproOptions ppro) =>
        new(
            options.ByNumber.Values.Select(it => (it.Name!, Convert.FromHexString(it.KeySha256!))),
            ppro.BaseUrl.IsLoopback
        );

    /// <summary>No handler that retries: one hidden resend would make "refused, so not executed" a lie.</summary>
    private static HttpClient CreateHttpClient(PproOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            PooledConnectionIdleTimeout = PooledIdleTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        var http = new HttpClient(handler) { BaseAddress = options.BaseUrl, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        http.DefaultRequestHeaders.Add("Merchant-Id", options.MerchantId);
        return http;
    }
}
