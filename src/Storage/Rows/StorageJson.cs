using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Billing;

namespace Storage;

/// <summary>The JSON columns of our rows. Enums by name, so that a row can be read by people.</summary>
[JsonSourceGenerationOptions(
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(MoneyConverter), typeof(FrequencyConverter)]
)]
[JsonSerializable(typeof(AgreementTerms))]
[JsonSerializable(typeof(CreateRequest))]
[JsonSerializable(typeof(ProviderSide))]
[JsonSerializable(typeof(BillingPlan))]
[JsonSerializable(typeof(Ending))]
[JsonSerializable(typeof(LateCapture))]
[JsonSerializable(typeof(ImmutableArray<AgreementStop>))]
[JsonSerializable(typeof(ImmutableArray<StuckStep>))]
[JsonSerializable(typeof(Attempt))]
[JsonSerializable(typeof(ImmutableArray<Attempt>))]
[JsonSerializable(typeof(Refund))]
[JsonSerializable(typeof(ImmutableArray<Refund>))]
[JsonSerializable(typeof(WalkState))]
internal sealed partial class StorageJson : JsonSerializerContext;

/// <summary><c>"9900 KRW"</c>.</summary>
internal sealed class MoneyConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var parts = reader.GetString()!.Split(' ');
        return new(long.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), parts[1]);
    }

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

/// <summary><c>"3 Monthly"</c>.</summary>
internal sealed class FrequencyConverter : JsonConverter<Frequency>
{
    public override Frequency Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var parts = reader.GetString()!.Split(' ');
        return new(
            Enum.Parse<FrequencyType>(parts[1]),
            int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture)
        );
    }

    public override void Write(Utf8JsonWriter writer, Frequency value, JsonSerializerOptions options) =>
        writer.WriteStringValue($"{value.Interval} {value.Type}");
}
