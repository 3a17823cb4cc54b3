using System.Text.Json;
using Billing;

namespace Ppro;

/// <summary>PPRO's funds statuses of a charge: a bare array. What cannot be read is left out.</summary>
internal static class FundsWire
{
    /// <summary>A capture and many refunds fit.</summary>
    private const int MaxStatuses = 40;

    public static FundsReading? Read(JsonElement json) =>
        json.ValueKind is JsonValueKind.Array
            ? new([.. json.EnumerateArray().Select(ReadOne).OfType<FundsStatus>().Take(MaxStatuses)])
            : null;

    private static FundsStatus? ReadOne(JsonElement json) =>
        json.IsObject() && json.Id("operationId") is { } operation && json.Word("fundsStatus") is { } status
            ? new(operation, status)
            : null;
}
