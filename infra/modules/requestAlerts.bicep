// Alerts on what functions answered, and on timers that no longer run: those count rows, and fire when there is none,
// because nothing says that it is silent.

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

var failed = '(toint(resultCode) >= 500 or (isnull(toint(resultCode)) or toint(resultCode) == 0) and success == false)'

var alerts = [
  {
    name: 'webhook-5xx'
    query: 'requests | where name == "ReceivePproWebhook" and ${failed}'
    severity: 1
    window: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
    means: 'A webhook of PPRO\'s was answered with 5xx; PPRO repeats it.'
    runbook: 'Read the failed request\'s lines and ask GET /api/health. PPRO repeats for 68 hours.'
  }
  {
    name: 'timer-silent'
    query: 'requests | where name == "IssueRecurringCharges" and success == true'
    severity: 1
    window: 'PT15M'
    operator: 'LessThan'
    threshold: 1
    means: 'The timer that runs every minute has not run well for 15 minutes: nothing becomes due.'
    runbook: 'POST /api/operations/tick runs it now. Restart the app; else deploy again. Nothing is lost.'
  }
  {
    name: 'walk-silent'
    query: 'requests | where name == "WalkAgreements" and success == true'
    severity: 2
    window: 'PT3H'
    operator: 'LessThan'
    threshold: 1
    means: 'The hourly walk has not run well for three hours: what was lost is not found.'
    runbook: 'GET /api/operations/walk says how far it is. Read the failures of WalkAgreements; restart the app.'
  }
]

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
      windowSize: alert.window
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: alert.query
            timeAggregation: 'Count'
            operator: alert.operator
            threshold: alert.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      autoMitigate: true
      actions: { actionGroups: [actionGroupId] }
    }
  }
]
