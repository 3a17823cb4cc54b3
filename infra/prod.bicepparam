// Live: the books over three zones and locked, two instances always awake, somebody who is woken. The merchant and who
// is woken have no defaults: without them nothing is deployed.
using 'main.bicep'

param name = 'kakaopay'
param environmentName = 'prod'
param storageSku = 'Standard_ZRS'
param lockStorage = true
param logDays = 365
param maximumInstanceCount = 40
param alwaysReady = [
  { name: 'http', instanceCount: 1 }
  { name: 'function:ApplyPproEvent', instanceCount: 1 }
]
param pproBaseUrl = 'https://api.eu.ppro.com'
param pproMerchantId = readEnvironmentVariable('PPRO_MERCHANT_ID')
// Nothing is charged where this is not said.
param settings = { Charging__Enabled: 'true' }
param alertEmail = readEnvironmentVariable('ALERT_EMAIL')
param budgetAmount = 300
param budgetStartsOn = readEnvironmentVariable('BUDGET_STARTS_ON', '')
