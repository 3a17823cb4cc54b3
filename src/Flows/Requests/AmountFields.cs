using System.Globalization;
using Billing;
using Flows.Replies;

namespace Flows.Requests;

/// <summary>PPRO's <c>{"value", "currency"}</c>, in whole minor units, inside the method's limits.</summary>
internal static class AmountFields
{
    public static Money? Read(Fields parent, string name, MethodRules method, FieldErrors errors)
    {
        if (parent.Object(name) is not { } amount)
        {
            return null;
        }

        amount.AllowOnly("value", "currency");
        amount.Require("value");
        amount.Require("currency");
        var value = amount.Integer("value");
        var currency = amount.Text("currency");
        var isAllowed = value is not { } given || method.Allows(given);
        if (!isAllowed)
        {
            errors.Value(
                amount.At("value"),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Must be {method.MinMinorUnits} to {method.MaxMinorUnits} {method.Currency} in minor units."
                )
            );
        }

        if (currency is not null && currency != method.Currency)
        {
            errors.Value(amount.At("currency"), $"Must be {method.Currency}.");
        }

        return isAllowed && value is { } units && currency == method.Currency ? new(units, method.Currency) : null;
    }
}
