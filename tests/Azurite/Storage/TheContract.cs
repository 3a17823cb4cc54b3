using StorageContract;
using TestKit;

namespace Azurite.Tests;

[Collection(AzuriteCollection.Name)]
public sealed class CommittingRows(AzuriteFixture azurite) : CommittingRowsContract
{
    protected override Task<TestStorage> OpenAsync() => AzureStorage.OpenAsync(azurite);
}

[Collection(AzuriteCollection.Name)]
public sealed class ReadingRanges(AzuriteFixture azurite) : ReadingRangesContract
{
    protected override Task<TestStorage> OpenAsync() => AzureStorage.OpenAsync(azurite);
}

[Collection(AzuriteCollection.Name)]
public sealed class RacingForRows(AzuriteFixture azurite) : RacingForRowsContract
{
    protected override Task<TestStorage> OpenAsync() => AzureStorage.OpenAsync(azurite);
}

[Collection(AzuriteCollection.Name)]
public sealed class PassingMessages(AzuriteFixture azurite) : PassingMessagesContract
{
    protected override Task<TestStorage> OpenAsync() => AzureStorage.OpenAsync(azurite);
}
