// PPRO's key and signing secrets. They are put in by a person; no template ever sees them.

@description('Required. Its name.')
@maxLength(24)
param name string

@description('Required. Its region.')
param location string

@description('Required. Its tags.')
param tags { *: string }

@description('Required. It is reached by private endpoints only.')
param isPrivate bool

@description('Required. Who may read the secrets.')
param principalId string

@description('Required. The same identity as a resource: roles are named by it.')
param identityId string

@description('Required. Where its diagnostics go.')
param workspaceId string

var keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'

resource vault 'Microsoft.KeyVault/vaults@2026-05-15' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: { defaultAction: isPrivate ? 'Deny' : 'Allow', bypass: 'None' }
  }
}

resource reading 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, identityId, keyVaultSecretsUser)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUser)
  }
}

#disable-next-line use-recent-api-versions // The one stable version, of 2016, is older than groups of categories.
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'audit', enabled: true }]
  }
}

@description('By which resources name it.')
output id string = vault.id

@description('Its name.')
output name string = vault.name

@description('Where its secrets are.')
output uri string = vault.properties.vaultUri
