using Billing;

namespace Flows.Sending;

/// <summary>Answers in a word, for logs: codes only.</summary>
internal static class Answers
{
    public static string Describe(Answer<ChargeReading> answer) =>
        answer switch
        {
            Answer<ChargeReading>.Said said => $"{said.Reading.StatusWord} {said.Reading.Failure?.Code}".TrimEnd(),
            _ => DescribeOther(answer),
        };

    public static string Describe(Answer<AgreementReading> answer) =>
        answer switch
        {
            Answer<AgreementReading>.Said said => said.Reading.Status?.ToString() ?? "unknown status",
            _ => DescribeOther(answer),
        };

    public static string Describe(Answer<RefundReading> answer) =>
        answer switch
        {
            Answer<RefundReading>.Said said => $"{said.Reading.Status} {said.Reading.Failure?.Code}".TrimEnd(),
            _ => DescribeOther(answer),
        };

    public static string DescribeOther<T>(Answer<T> answer) =>
        answer switch
        {
            Answer<T>.Refused refused => $"refused with HTTP {refused.Refusal.HttpStatus}",
            Answer<T>.InDoubt doubt => $"in doubt: {doubt.Why}",
            _ => "answered",
        };
}
