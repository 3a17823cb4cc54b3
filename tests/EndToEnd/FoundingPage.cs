using System.Text;

namespace EndToEnd.Tests;

/// <summary>The JSON bodies of PPRO's KakaoPay page, byte for byte: they must work here as they stand.</summary>
public static class FoundingPage
{
    public static byte[] Agreement { get; } =
        Encoding.UTF8.GetBytes(
            """
            {
            "paymentMethod": "KAKAOPAY",
            "consumer": {
            "name": "Test User 1",
            "country": "KR"
            },
            "amount": {
            "value": 101,
            "currency": "KRW"
            },
            "authenticationSettings": [
            {
            "type": "REDIRECT",
            "settings": {
            "returnUrl": "https://ppro.com"
            }
            }
            ],
            "initialPaymentCharge": {
            "autoCapture": true,
            "paymentDescriptor": "fundsEventType=Received;fundsEventScheduleDelay=10s",
            "amount": {
            "value": 101,
            "currency": "KRW"
            },
            "merchantPaymentChargeReference": "ABC987654321"
            }
            }
            """
        );

    public static byte[] Charge { get; } =
        Encoding.UTF8.GetBytes(
            """
            {
            "paymentDescriptor": "Illustrator",
            "amount": {
            "value": 102,
            "currency": "KRW"
            },
            "merchantPaymentChargeReference": "XYZ0123456789"
            }
            """
        );

    /// <summary>The field names of the page's response, in its order.</summary>
    public static IReadOnlyList<string> ResponseFields { get; } =
    [
        "id",
        "status",
        "paymentMethod",
        "startDate",
        "amount",
        "instrumentId",
        "consumer",
        "authenticationMethods",
        "history",
        "createdAt",
        "updatedAt",
    ];
}
