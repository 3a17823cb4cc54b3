using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Moq;
using Storage;

namespace Unit.Tests.StorageTests;

/// <summary>What Queue Storage may answer when a message is put, taken or deleted.</summary>
public sealed class RefusedByQueues
{
    private const string Name = "ppro-events";
    private static readonly ReceivedMessage Message = new("id", "receipt", default, 1, DateTimeOffset.UnixEpoch);
    private readonly Mock<QueueClient> client = new(MockBehavior.Strict);
    private readonly AzureQueues queues;

    public RefusedByQueues()
    {
        var service = new Mock<QueueServiceClient>(MockBehavior.Strict);
        service.Setup(it => it.GetQueueClient(Name)).Returns(client.Object);
        queues = new(service.Object);
    }

    [Theory]
    [InlineData(400, "PopReceiptMismatch")]
    [InlineData(404, "MessageNotFound")]
    public async Task A_message_whose_receipt_is_no_longer_valid_is_not_ours_and_nothing_fails(int status, string code)
    {
        RefuseDeletes(status, code);

        Assert.False(await queues.DeleteAsync(Name, Message, default));
    }

    [Theory]
    [InlineData(404, "QueueNotFound")]
    [InlineData(409, "QueueBeingDeleted")]
    [InlineData(400, "InvalidQueryParameterValue")]
    [InlineData(503, "ServerBusy")]
    public async Task A_delete_that_is_refused_for_another_reason_is_not_taken_for_a_message_that_is_gone(
        int status,
        string code
    )
    {
        RefuseDeletes(status, code);

        var e = await Assert.ThrowsAsync<RequestFailedException>(() => queues.DeleteAsync(Name, Message, default));

        Assert.Equal((status, code), (e.Status, e.ErrorCode));
    }

    [Theory]
    [InlineData(404, "QueueNotFound")]
    [InlineData(409, "QueueBeingDeleted")]
    [InlineData(503, "ServerBusy")]
    public async Task A_message_that_was_not_taken_is_never_thought_durable(int status, string code)
    {
        client
            .Setup(it =>
                it.SendMessageAsync(
                    It.IsAny<string>(),
                    It.IsAny<TimeSpan?>(),
                    It.IsAny<TimeSpan?>(),
                    It.IsAny<CancellationToken>()
                )
            )
            .ThrowsAsync(Answer.Refusal(status, code));

        var e = await Assert.ThrowsAsync<RequestFailedException>(() =>
            queues.PutAsync(Name, "event"u8.ToArray(), TimeSpan.Zero, default)
        );

        Assert.Equal((status, code), (e.Status, e.ErrorCode));
    }

    [Fact]
    public async Task A_depth_beyond_every_number_is_the_greatest_one()
    {
        var properties = QueuesModelFactory.QueueProperties(new Dictionary<string, string>(), long.MaxValue);
        client
            .Setup(it => it.GetPropertiesAsync(It.IsAny<CancellationToken>()))
            .ReturnsAsync(Response.FromValue(properties, Mock.Of<Response>()));

        Assert.Equal(int.MaxValue, await queues.DepthAsync(Name, default));
    }

    private void RefuseDeletes(int status, string code) =>
        client
            .Setup(it => it.DeleteMessageAsync(Message.Id, Message.Receipt, It.IsAny<CancellationToken>()))
            .ThrowsAsync(Answer.Refusal(status, code));
}
