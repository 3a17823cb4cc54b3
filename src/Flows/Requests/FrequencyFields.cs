using Billing;

namespace Flows.Requests;

/// <summary>PPRO's <c>frequency</c>: a type, and an interval of 1 to 1000.</summary>
internal static class FrequencyFields
{
    public static Frequency? Read(Fields parent)
    {
        if (parent.Object("frequency") is not { } frequency)
        {
            return null;
        }

        frequency.AllowOnly("type", "interval");
        frequency.Require("type");
        var interval = frequency.Integer("interval", 1, Frequency.MaxInterval) ?? 1;
        return frequency.Word<FrequencyType>("type") is { } type ? new(type, (int)interval) : null;
    }
}
