using Billing;
using Flows.Replies;

namespace Flows.Requests;

/// <summary>
/// PPRO's <c>consumer</c>. Only the name and the country are kept by us; the rest passes through.
/// </summary>
internal static class ConsumerFields
{
    public static (string Name, string Country)? Read(Fields parent, MethodRules method, FieldErrors errors)
    {
        parent.Require("consumer");
        if (parent.Object("consumer") is not { } consumer)
        {
            return null;
        }

        consumer.AllowOnly(
            "name",
            "email",
            "phone",
            "birthDate",
            "country",
            "locale",
            "client",
            "taxIdentification",
            "merchantConsumerReference",
            "billingAddress",
            "profile"
        );
        consumer.Require("name");
        consumer.Require("country");
        _ = (consumer.Text("email"), consumer.Text("phone"), consumer.Text("birthDate"), consumer.Text("locale"));
        _ = (consumer.Text("taxIdentification"), consumer.Text("merchantConsumerReference"));
        _ = (consumer.Object("client"), consumer.Object("billingAddress"), consumer.Object("profile"));
        var country = consumer.Text("country");
        if (country is not null && country != method.Country)
        {
            errors.Value(consumer.At("country"), $"Must be {method.Country}: the country the consumer shops from.");
        }

        return consumer.Text("name") is { } name && country is not null ? (name, country) : null;
    }
}
