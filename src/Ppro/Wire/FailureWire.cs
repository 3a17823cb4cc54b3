using System.Text.Json;
using Billing;

namespace Ppro;

/// <summary>PPRO's <c>failure</c>; an older example calls the code <c>internalFailureCode</c>.</summary>
internal static class FailureWire
{
    public static Failure? Find(JsonElement json) =>
        json.Find("failure") is { ValueKind: JsonValueKind.Object } failure ? Read(failure) : null;

    private static Failure Read(JsonElement json) =>
        new(
            json.Word("failureType"),
            json.Word("failureCode") ?? json.Word("internalFailureCode"),
            json.Text("failureMessage") ?? json.Text("message"),
            json.Flag("isRetryable"),
            json.Word("providerFailureCode")
        );
}
