// The private addresses of storage and vault, and the names by which the app finds them.

@description('Required. What names end with.')
param name string

@description('Required. The region.')
param location string

@description('Required. The tags.')
param tags { *: string }

@description('Required. The network that resolves the names.')
param networkId string

@description('Required. Where the endpoints are.')
param subnetId string

@description('Required. The storage account.')
param storageId string

@description('Required. The vault.')
param vaultId string

var suffix = environment().suffixes.storage
var targets = [
  { group: 'blob', id: storageId, zone: 'privatelink.blob.${suffix}' }
  { group: 'queue', id: storageId, zone: 'privatelink.queue.${suffix}' }
  { group: 'table', id: storageId, zone: 'privatelink.table.${suffix}' }
  { group: 'vault', id: vaultId, zone: 'privatelink.vaultcore.azure.net' }
]

module all 'endpoint.bicep' = [
  for target in targets: {
    params: {
      name: name
      location: location
      tags: tags
      networkId: networkId
      subnetId: subnetId
      targetId: target.id
      group: target.group
      zoneName: target.zone
    }
  }
]
