using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flows.Replies;

/// <summary>
/// The storefront's JSON: camel case, absent instead of null, Korean readable, times as PPRO writes them.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(InstantConverter)]
)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(AgreementView))]
[JsonSerializable(typeof(AgreementListView))]
[JsonSerializable(typeof(ChargeView))]
[JsonSerializable(typeof(ChargeListView))]
[JsonSerializable(typeof(RefundView))]
[JsonSerializable(typeof(RefundListView))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(ChargingControlView))]
[JsonSerializable(typeof(TickView))]
[JsonSerializable(typeof(QuarantineView))]
[JsonSerializable(typeof(QuarantinedEventView))]
[JsonSerializable(typeof(ReplayView))]
[JsonSerializable(typeof(ExceptionsView))]
[JsonSerializable(typeof(ExceptionView))]
[JsonSerializable(typeof(WalkView))]
[JsonSerializable(typeof(RecheckView))]
internal sealed partial class StorefrontJson : JsonSerializerContext
{
    /// <summary>
    /// The context to write with: letters of every language as they are. What is written is never put into HTML.
    /// </summary>
    public static StorefrontJson Readable =>
        field ??= new(
            new JsonSerializerOptions(Default.GeneratedSerializerOptions!)
            {
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
}

/// <summary>ISO 8601 in UTC with milliseconds: <c>2025-03-05T12:16:55.791Z</c>, as PPRO has it.</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(
            value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
        );
}
