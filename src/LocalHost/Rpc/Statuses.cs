namespace LocalHost.Rpc;

/// <summary>Only success is success: a status that is missing means failure.</summary>
internal static class Statuses
{
    public static bool IsSuccess(this StatusResult? result) => result?.Status is StatusResult.Types.Status.Success;

    public static void ThrowUnlessSuccess(this StatusResult? result)
    {
        if (!result.IsSuccess())
        {
            throw new FunctionFailedException(result?.Exception);
        }
    }
}
