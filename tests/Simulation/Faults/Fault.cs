namespace Simulation.Tests;

/// <summary>What can go wrong at one effect.</summary>
internal enum FaultKind
{
    None,
    CrashBefore,
    CrashAfter,

    /// <summary>Storage answers 503, and nothing was done.</summary>
    Failed,

    /// <summary>It was done, and storage's answer is a timeout.</summary>
    LostAnswer,

    /// <summary>The SDK's first try was done and its answer lost; its second try answers.</summary>
    HiddenRetry,
    FrozenBefore,
    FrozenAfter,
    Http401,
    Http404,
    Http409,
    Http429,
    Http500,
    Http504,
    Reset,

    /// <summary>PPRO did it; we saw no answer.</summary>
    LostResponse,

    /// <summary>PPRO did it and answered 500.</summary>
    Http500AfterEffect,

    /// <summary>PPRO did it and answered after our timeout.</summary>
    Slow,

    /// <summary>The connection broke off, and the request arrives later.</summary>
    ArrivesLate,

    /// <summary>PPRO did it, we saw no answer, and no read shows it for up to a day.</summary>
    Hidden,

    /// <summary>PPRO took it, we saw no answer, and it shows and is done only up to a day later.</summary>
    HiddenUntilDone,

    /// <summary>The message appears on its queue much later.</summary>
    MessageDelayed,

    /// <summary>Something in front of PPRO answers with a redirect, and nothing was done.</summary>
    Http302,

    /// <summary>A 2xx answer about another agreement than was asked for.</summary>
    AnotherAgreement,

    /// <summary>A 2xx answer with another charge's id.</summary>
    AnotherCharge,

    /// <summary>A 2xx answer with another reference than ours.</summary>
    AnotherReference,

    /// <summary>A 2xx answer with another amount than was asked for.</summary>
    AnotherAmount,

    /// <summary>A 2xx answer with another currency than was asked for.</summary>
    AnotherCurrency,

    /// <summary>A 2xx answer that does not say whose charge it is.</summary>
    NoAgreement,

    /// <summary>A search that shows a stranger's charge too, of another reference and of nobody's agreement.</summary>
    ForeignHit,

    /// <summary>An answer whose words are far too long.</summary>
    LongWords,
}

/// <param name="Kind">What goes wrong.</param>
/// <param name="Wait">For how long, where that matters.</param>
/// <param name="TakesHost">A crash of the whole process, not only of this run.</param>
internal readonly record struct Fault(FaultKind Kind, TimeSpan Wait = default, bool TakesHost = false)
{
    /// <summary>How the simulator's books call it; null for one that is none of theirs.</summary>
    public string? AtPpro =>
        Kind switch
        {
            FaultKind.Http302 => "302",
            FaultKind.Http401 => "401",
            FaultKind.Http404 => "404",
            FaultKind.Http409 => "409",
            FaultKind.Http429 => "429",
            FaultKind.Http500 => "500",
            FaultKind.Http504 => "504",
            FaultKind.Reset or FaultKind.Failed => "reset",
            FaultKind.LostResponse or FaultKind.LostAnswer or FaultKind.Hidden or FaultKind.HiddenUntilDone =>
                "lostResponse",
            FaultKind.Http500AfterEffect => "500AfterEffect",
            FaultKind.Slow => "slow",
            FaultKind.ArrivesLate => "lateExecution",
            _ => null,
        };

    /// <summary>PPRO did what it should, and what we read of it is not so.</summary>
    public bool IsLie => Kind >= FaultKind.AnotherAgreement;
}

/// <summary>Decides what goes wrong at an effect.</summary>
internal interface IFaults
{
    Fault At(Actor actor, JourneyKit.Effect effect);
}

/// <summary>Nothing goes wrong.</summary>
internal sealed class NoFaults : IFaults
{
    public Fault At(Actor actor, JourneyKit.Effect effect) => default;
}
