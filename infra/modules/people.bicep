// Who is told when something breaks, or costs more than it should.

@description('Required. What names end with.')
param name string

@description('Required. The tags.')
param tags { *: string }

@description('Required. Who is woken; nobody where it is empty.')
param email string

@description('Required. What a month may cost.')
param budgetAmount int

@description('Required. The first day of the month in which the budget is made; no budget where it is empty.')
param budgetStartsOn string

resource operators 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${name}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'payments'
    enabled: true
    emailReceivers: empty(email) ? [] : [{ name: 'operators', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource budget 'Microsoft.Consumption/budgets@2026-06-01' = if (!empty(budgetStartsOn)) {
  name: 'budget-${name}'
  properties: {
    category: 'Cost'
    amount: budgetAmount
    timeGrain: 'Monthly'
    timePeriod: { startDate: budgetStartsOn }
    notifications: {
      soon: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 80
        thresholdType: 'Forecasted'
        contactEmails: []
        contactGroups: [operators.id]
      }
      over: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Actual'
        contactEmails: []
        contactGroups: [operators.id]
      }
    }
  }
}

@description('Whom alerts tell.')
output actionGroupId string = operators.id
