// The app as the world sees it: three places ask for its health every five minutes.

@description('Required. What names end with.')
param name string

@description('Required. The region that keeps the results.')
param location string

@description('Required. The tags.')
param tags { *: string }

@description('Required. What is asked.')
param healthUrl string

@description('Required. Where the results go.')
param componentId string

@description('Required. Whom the alert tells.')
param actionGroupId string

// East Asia, Japan East, Southeast Asia.
var places = ['apac-hk-hkn-azr', 'apac-jp-kaw-edge', 'apac-sg-sin-azr']

var means = 'Two of three places do not get 200 from GET /api/health.'
var runbook = 'Ask it yourself: it names what is missing or unreachable. No answer: read the last deployment\'s log.'

resource asking 'Microsoft.Insights/webtests@2022-06-15' = {
  name: 'health-${name}'
  location: location
  tags: union(tags, { 'hidden-link:${componentId}': 'Resource' })
  kind: 'standard'
  properties: {
    SyntheticMonitorId: 'health-${name}'
    Name: 'health-${name}'
    Kind: 'standard'
    Enabled: true
    Frequency: 300
    Timeout: 30
    RetryEnabled: true
    Locations: [for place in places: { Id: place }]
    Request: { RequestUrl: healthUrl, HttpVerb: 'GET', ParseDependentRequests: false, FollowRedirects: false }
    ValidationRules: {
      ExpectedHttpStatusCode: 200
      SSLCheck: true
      SSLCertRemainingLifetimeCheck: 7
    }
  }
}

resource unhealthy 'Microsoft.Insights/metricAlerts@2026-01-01' = {
  name: 'unhealthy-${name}'
  location: 'global'
  tags: tags
  properties: {
    description: '${means} Runbook: ${runbook}'
    severity: 1
    enabled: true
    scopes: [asking.id, componentId]
    evaluationFrequency: 'PT1M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: asking.id
      componentId: componentId
      failedLocationCount: 2
    }
    autoMitigate: true
    actions: [{ actionGroupId: actionGroupId }]
  }
}
