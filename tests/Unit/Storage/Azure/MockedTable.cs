using Azure;
using Azure.Data.Tables;
using Moq;
using Storage;

namespace Unit.Tests.StorageTests;

/// <summary>One table whose client plays what a test says, and refuses every other call.</summary>
internal sealed class MockedTable
{
    public const string Name = "agreements";
    private readonly Mock<TableServiceClient> service = new(MockBehavior.Strict);

    public MockedTable() => service.Setup(it => it.GetTableClient(Name)).Returns(Client.Object);

    public Mock<TableClient> Client { get; } = new(MockBehavior.Strict);

    public AzureTables Tables => new(service.Object);

    public Task<IReadOnlyList<ETag>> CommitAsync(params IReadOnlyList<RowWrite> writes) =>
        Tables.CommitAsync(Name, writes, default);

    /// <summary>Every write is refused so, alone or with others.</summary>
    public void Refuse(RequestFailedException refusal)
    {
        Client
            .Setup(it => it.AddEntityAsync(It.IsAny<TableEntity>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(refusal);
        Client
            .Setup(it =>
                it.UpdateEntityAsync(
                    It.IsAny<TableEntity>(),
                    It.IsAny<ETag>(),
                    TableUpdateMode.Replace,
                    It.IsAny<CancellationToken>()
                )
            )
            .ThrowsAsync(refusal);
        Client
            .Setup(it =>
                it.SubmitTransactionAsync(
                    It.IsAny<IEnumerable<TableTransactionAction>>(),
                    It.IsAny<CancellationToken>()
                )
            )
            .ThrowsAsync(new TableTransactionFailedException(refusal));
    }

    /// <summary>Every point read is refused so.</summary>
    public void RefuseReads(RequestFailedException refusal) =>
        Client
            .Setup(it =>
                it.GetEntityAsync<TableEntity>(
                    It.IsAny<string>(),
                    It.IsAny<string>(),
                    It.IsAny<IEnumerable<string>>(),
                    It.IsAny<CancellationToken>()
                )
            )
            .ThrowsAsync(refusal);

    /// <summary>Every query is answered by these pages, one asked for after the other.</summary>
    public void Show(IEnumerable<Page<TableEntity>> pages) =>
        Client
            .Setup(it =>
                it.QueryAsync<TableEntity>(
                    It.IsAny<string>(),
                    It.IsAny<int?>(),
                    It.IsAny<IEnumerable<string>>(),
                    It.IsAny<CancellationToken>()
                )
            )
            .Returns(AsyncPageable<TableEntity>.FromPages(pages));
}
