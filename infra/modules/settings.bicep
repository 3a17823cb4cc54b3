// The app's settings. Flex Consumption refuses some that other plans need: which runtime runs stands beside the app.

@description('Required. The storage account.')
param storageName string

@description('Required. Where its blobs are.')
param blobEndpoint string

@description('Required. Where its queues are.')
param queueEndpoint string

@description('Required. Where its tables are.')
param tableEndpoint string

@description('Required. The identity that the app speaks as.')
param identityClientId string

@description('Required. Where telemetry goes; not a secret, because sending needs a role.')
param telemetryAddress string

@description('Required. Where secrets are.')
param vaultUri string

@description('Required. PPRO\'s address.')
param pproBaseUrl string

@description('Required. The merchant at PPRO.')
param pproMerchantId string

@description('Required. Where PPRO delivers webhooks.')
param webhooksUrl string

@description('Required. Two signing secrets are valid.')
param rotateSigningSecret bool

@description('Required. Who may operate.')
param operators { name: string, keySha256: string }[]

@description('Required. Further settings.')
param others { *: string }

var connections = {
  // As the host and our own clients read it: the account's name counts first, in Azure's public cloud.
  AzureWebJobsStorage__accountName: storageName
  AzureWebJobsStorage__blobServiceUri: blobEndpoint
  AzureWebJobsStorage__queueServiceUri: queueEndpoint
  AzureWebJobsStorage__tableServiceUri: tableEndpoint
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: telemetryAddress
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
}

// Without a version: a new one is taken up within a day, or at once when the references are refreshed.
var ppro = {
  Ppro__BaseUrl: pproBaseUrl
  Ppro__MerchantId: pproMerchantId
  Ppro__WebhooksUrl: webhooksUrl
  Ppro__ApiKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/ppro-api-key)'
  Ppro__SigningSecrets__0: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/ppro-signing-secret)'
}

var rotation = {
  Ppro__SigningSecrets__1: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/ppro-signing-secret-next)'
}

var names = toObject(range(0, length(operators)), i => 'Operators__${i}__Name', i => operators[i].name)
var hashes = toObject(range(0, length(operators)), i => 'Operators__${i}__KeySha256', i => operators[i].keySha256)

@description('All of them, by name. What is said here counts more than further settings of the same name.')
output all { *: string } = union(others, names, hashes, connections, ppro, rotateSigningSecret ? rotation : {})
