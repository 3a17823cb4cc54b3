// The app and its plan: Flex Consumption, the isolated worker on .NET 10.

@description('Required. Its name. The host tells apps on one storage account apart by its first 32 characters.')
@maxLength(32)
param name string

@description('Required. Its region.')
param location string

@description('Required. Its tags.')
param tags { *: string }

@description('Required. As whom it speaks.')
param identityId string

@description('Required. The container that its packages are deployed to.')
param packagesUrl string

@description('Required. Its settings, by name.')
param settings { *: string }

@description('Required. The most instances at once.')
param maximumInstanceCount int

@description('Required. Instances that never sleep.')
param alwaysReady { name: string, instanceCount: int }[]

@description('Required. How a deployment replaces instances.')
param siteUpdateStrategy 'RollingUpdate' | 'Recreate'

@description('Required. The subnet that it calls out from; null for none.')
param subnetId string?

@description('Required. Where its diagnostics go.')
param workspaceId string

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource site 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'functions' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: subnetId
    functionAppConfig: {
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packagesUrl
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: 2048
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReady
      }
      #disable-next-line BCP037 // Azure knows it, the types do not yet.
      siteUpdateStrategy: { type: siteUpdateStrategy }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      appSettings: [for setting in items(settings): { name: setting.key, value: setting.value }]
    }
  }

  // Nobody deploys with a password.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

#disable-next-line use-recent-api-versions // The one stable version, of 2016, is older than groups of categories.
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: site
  name: 'workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'FunctionAppLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

@description('Its name.')
output name string = site.name
