// Where logs and requests go: nobody without a role can send any.

@description('Required. What names end with.')
param name string

@description('Required. The region.')
param location string

@description('Required. The tags.')
param tags { *: string }

@description('Required. How many days logs are kept.')
param logDays int

@description('Required. Who may send.')
param principalId string

@description('Required. The same identity as a resource: roles are named by it.')
param identityId string

var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' = {
  name: 'log-${name}'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: logDays
    // No daily cap: on the day on which it is reached no alert would fire any more.
    features: { disableLocalAuth: true }
  }
}

resource component 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-${name}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    IngestionMode: 'LogAnalytics'
    // Its connection string is an address then, and opens nothing.
    DisableLocalAuth: true
  }
}

resource sending 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: component
  name: guid(component.id, identityId, monitoringMetricsPublisher)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringMetricsPublisher)
  }
}

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(component.id, 'payments')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Payments ${name}'
    category: 'workbook'
    sourceId: component.id
    serializedData: loadTextContent('../workbook.json')
  }
}

@description('Where diagnostic settings send to.')
output workspaceId string = workspace.id

@description('The workspace\'s name.')
output workspaceName string = workspace.name

@description('What alerts ask.')
output componentId string = component.id

@description('Where the app sends to.')
output connectionString string = component.properties.ConnectionString
