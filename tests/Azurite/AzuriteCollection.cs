using TestKit;

namespace Azurite.Tests;

/// <summary>Tests that share one running Azurite.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteCollection : ICollectionFixture<AzuriteFixture>
{
    public const string Name = "Azurite";
}
