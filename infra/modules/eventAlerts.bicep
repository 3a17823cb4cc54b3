// An alert for each thing that the app says when something is wrong. It is found by the event's name: a message may
// change, and the numeric id does not arrive.
import { eventAlerts, moneyAlerts } from 'eventAlertList.bicep'

@description('Required. What names end with.')
param name string

@description('Required. The region.')
param location string

@description('Required. The tags.')
param tags { *: string }

@description('Required. What is asked.')
param componentId string

@description('Required. Whom alerts tell.')
param actionGroupId string

// What is logged with an exception arrives among the exceptions.
var traces = 'traces | extend said = message'
var exceptions = 'exceptions | extend said = outerMessage'
var lines = 'union (${traces}), (${exceptions}) | extend event = tostring(customDimensions.EventName)'
var alerts = concat(moneyAlerts, eventAlerts)

resource rules 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for alert in alerts: {
    name: '${alert.name}-${name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: '${alert.name} ${name}'
      description: '${alert.means} Runbook: ${alert.runbook}'
      severity: alert.severity
      enabled: true
      scopes: [componentId]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: '${lines} | where event == "${alert.event}" and said contains "${alert.says}"'
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: alert.above
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      autoMitigate: true
      actions: { actionGroups: [actionGroupId] }
    }
  }
]
