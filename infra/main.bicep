// Everything that one deployment of the app is, in one resource group.
targetScope = 'resourceGroup'

@description('Required. What the app is called: the beginning of every name.')
@minLength(2)
@maxLength(18)
param name string

@description('Required. Which deployment of it this is.')
@allowed(['dev', 'prod'])
param environmentName string

@description('Optional. The region of everything.')
param location string = 'koreacentral'

@description('Optional. Tags of everything.')
param tags { *: string } = {}

@description('Optional. Where the books are copied: within a place (LRS), over zones (ZRS), also far away (GZRS).')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GZRS'])
param storageSku string = 'Standard_ZRS'

@description('Optional. Lock the storage account against deletion.')
param lockStorage bool = false

@description('Optional. Reach storage and vault by private endpoints only, from a network of our own.')
param privateNetwork bool = false

@description('Optional. The most instances at once: PPRO\'s write limit is reached by few.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Optional. Instances that never sleep, by group.')
param alwaysReady { name: string, instanceCount: int }[] = []

@description('Optional. Whether a deployment replaces instances one after another or all at once.')
@allowed(['RollingUpdate', 'Recreate'])
param siteUpdateStrategy string = 'Recreate'

@description('Required. PPRO\'s address.')
param pproBaseUrl string

@description('Required. The merchant at PPRO that every call is made for.')
param pproMerchantId string

@description('Optional. Two signing secrets are valid: only while one is replaced by the other.')
param rotateSigningSecret bool = false

@description('Optional. The host name that PPRO and the world call; the app\'s own where it is empty.')
param publicHost string = ''

@description('Optional. Who may operate: a name, and the SHA-256 of a key. The key itself is its owner\'s.')
param operators { name: string, keySha256: string }[] = []

@description('Optional. Further settings of the app, by their names in the README.')
param settings { *: string } = {}

@description('Optional. Who is woken by alerts; nobody where it is empty.')
param alertEmail string = ''

@description('Optional. What a month may cost, in the subscription\'s currency.')
@minValue(1)
param budgetAmount int = 100

@description('Optional. The first day of the month in which the budget is made, like 2026-01-01; none where empty.')
param budgetStartsOn string = ''

@description('Optional. How many days logs are kept.')
@minValue(30)
@maxValue(730)
param logDays int = 90

var unique = uniqueString(resourceGroup().id, name, environmentName)
var appName = '${name}-${environmentName}-${take(unique, 6)}'
var host = empty(publicHost) ? '${appName}.azurewebsites.net' : publicHost

// As whom the app speaks to everything else in Azure.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-${appName}'
  location: location
  tags: tags
}

module network 'modules/network.bicep' = if (privateNetwork) {
  params: { name: 'vnet-${appName}', location: location, tags: tags }
}

module monitoring 'modules/monitoring.bicep' = {
  params: {
    name: appName
    location: location
    tags: tags
    logDays: logDays
    identityId: identity.id
    principalId: identity.properties.principalId
  }
}

module storage 'modules/storage.bicep' = {
  params: {
    name: 'st${toLower(take(replace(name, '-', ''), 9))}${unique}'
    location: location
    tags: tags
    sku: storageSku
    isLocked: lockStorage
    isPrivate: privateNetwork
    identityId: identity.id
    principalId: identity.properties.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module vault 'modules/vault.bicep' = {
  params: {
    name: 'kv-${unique}'
    location: location
    tags: tags
    isPrivate: privateNetwork
    identityId: identity.id
    principalId: identity.properties.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module endpoints 'modules/endpoints.bicep' = if (privateNetwork) {
  params: {
    name: appName
    location: location
    tags: tags
    networkId: network!.outputs.id
    subnetId: network!.outputs.endpointsSubnetId
    storageId: storage.outputs.id
    vaultId: vault.outputs.id
  }
}

module appSettings 'modules/settings.bicep' = {
  params: {
    storageName: storage.outputs.name
    blobEndpoint: storage.outputs.blobEndpoint
    queueEndpoint: storage.outputs.queueEndpoint
    tableEndpoint: storage.outputs.tableEndpoint
    identityClientId: identity.properties.clientId
    telemetryAddress: monitoring.outputs.connectionString
    vaultUri: vault.outputs.uri
    pproBaseUrl: pproBaseUrl
    pproMerchantId: pproMerchantId
    webhooksUrl: 'https://${host}/api/webhooks/ppro'
    rotateSigningSecret: rotateSigningSecret
    operators: operators
    others: settings
  }
}

module app 'modules/app.bicep' = {
  // Where the network is private, the app finds storage and vault by these endpoints only.
  dependsOn: [endpoints]
  params: {
    name: appName
    location: location
    tags: tags
    identityId: identity.id
    packagesUrl: storage.outputs.packagesUrl
    settings: appSettings.outputs.all
    maximumInstanceCount: maximumInstanceCount
    alwaysReady: alwaysReady
    siteUpdateStrategy: siteUpdateStrategy
    subnetId: network.?outputs.appSubnetId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module people 'modules/people.bicep' = {
  params: {
    name: appName
    tags: tags
    email: alertEmail
    budgetAmount: budgetAmount
    budgetStartsOn: budgetStartsOn
  }
}

module eventAlerts 'modules/eventAlerts.bicep' = {
  params: {
    name: appName
    location: location
    tags: tags
    componentId: monitoring.outputs.componentId
    actionGroupId: people.outputs.actionGroupId
  }
}

module requestAlerts 'modules/requestAlerts.bicep' = {
  params: {
    name: appName
    location: location
    tags: tags
    componentId: monitoring.outputs.componentId
    actionGroupId: people.outputs.actionGroupId
  }
}

module outside 'modules/outside.bicep' = {
  params: {
    name: appName
    location: location
    tags: tags
    healthUrl: 'https://${host}/api/health'
    componentId: monitoring.outputs.componentId
    actionGroupId: people.outputs.actionGroupId
  }
}

@description('What PPRO and the shop call.')
output url string = 'https://${host}'

@description('What PPRO is to be told: where its webhooks go.')
output webhooksUrl string = 'https://${host}/api/webhooks/ppro'

@description('What a load balancer asks.')
output healthUrl string = 'https://${host}/api/health'

@description('The app, for deploying to it.')
output appName string = app.outputs.name

@description('The vault, for putting PPRO\'s key and signing secret into it.')
output vaultName string = vault.outputs.name

@description('The storage account, which holds the books.')
output storageName string = storage.outputs.name

@description('The workspace, for asking its logs.')
output workspaceName string = monitoring.outputs.workspaceName
