// The books: one account for one app, which only identities open.

@description('Required. Its name.')
@maxLength(24)
param name string

@description('Required. Its region.')
param location string

@description('Required. Its tags.')
param tags { *: string }

@description('Required. How it keeps its copies.')
param sku string

@description('Required. Nobody deletes it by mistake.')
param isLocked bool

@description('Required. It is reached by private endpoints only.')
param isPrivate bool

@description('Required. Who may read and write.')
param principalId string

@description('Required. The same identity as a resource: roles are named by it.')
param identityId string

@description('Required. Where its diagnostics go.')
param workspaceId string

// Those of StoreNames in src/Storage; a test compares.
var tables = ['agreements', 'wakeups', 'references', 'directory', 'quarantine', 'control', 'exceptions']
var queues = ['ppro-events', 'due-agreements', 'ppro-events-poison', 'due-agreements-poison']
var packages = 'packages'

var storageBlobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
var storageQueueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
var storageTableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'

resource account 'Microsoft.Storage/storageAccounts@2026-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: { defaultAction: isPrivate ? 'Deny' : 'Allow', bypass: 'None' }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: { deleteRetentionPolicy: { enabled: true, days: 7 } }

    resource container 'containers' = { name: packages }
  }

  resource tableService 'tableServices' = {
    name: 'default'

    resource all 'tables' = [for table in tables: { name: table }]
  }

  resource queueService 'queueServices' = {
    name: 'default'

    resource all 'queues' = [for queue in queues: { name: queue }]
  }
}

resource roles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in [storageBlobDataOwner, storageQueueDataContributor, storageTableDataContributor]: {
    scope: account
    name: guid(account.id, identityId, role)
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (isLocked) {
  scope: account
  name: 'books'
  properties: { level: 'CanNotDelete', notes: 'The books of all payments. They have no other copy.' }
}

// Reads and writes are many and cost more to keep than to make; a deletion is what somebody will ask about.
#disable-next-line use-recent-api-versions // The one stable version, of 2016, is older than groups of categories.
resource tableDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account::tableService
  name: 'workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'StorageDelete', enabled: true }]
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

#disable-next-line use-recent-api-versions // The one stable version, of 2016, is older than groups of categories.
resource queueDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account::queueService
  name: 'workspace'
  properties: {
    workspaceId: workspaceId
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

@description('By which resources name it.')
output id string = account.id

@description('Its name, once the roles on it are given.')
output name string = account.name

@description('Where its blobs are.')
output blobEndpoint string = account.properties.primaryEndpoints.blob

@description('Where its queues are.')
output queueEndpoint string = account.properties.primaryEndpoints.queue

@description('Where its tables are.')
output tableEndpoint string = account.properties.primaryEndpoints.table

@description('Where the app\'s packages are put.')
output packagesUrl string = '${account.properties.primaryEndpoints.blob}${packages}'
