// PPRO's sandbox: one copy of everything, nobody is woken, nothing stays awake.
using 'main.bicep'

param name = 'kakaopay'
param environmentName = 'dev'
param storageSku = 'Standard_LRS'
param logDays = 30
param maximumInstanceCount = 40
param pproBaseUrl = 'https://api.sandbox.eu.ppro.com'
param pproMerchantId = readEnvironmentVariable('PPRO_MERCHANT_ID', 'merch_not_set')
param alertEmail = readEnvironmentVariable('ALERT_EMAIL', '')
