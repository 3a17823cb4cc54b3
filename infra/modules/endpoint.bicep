// One private address of something, and the name by which it is found.

@description('Required. What names end with.')
param name string

@description('Required. The region.')
param location string

@description('Required. The tags.')
param tags { *: string }

@description('Required. The network that resolves the name.')
param networkId string

@description('Required. Where the address is.')
param subnetId string

@description('Required. Of what it is an address.')
param targetId string

@description('Required. Which of its services.')
param group 'blob' | 'queue' | 'table' | 'vault'

@description('Required. The zone of the name.')
param zoneName string

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: zoneName
  location: 'global'
  tags: tags

  resource link 'virtualNetworkLinks' = {
    name: name
    location: 'global'
    tags: tags
    properties: { registrationEnabled: false, virtualNetwork: { id: networkId } }
  }
}

resource endpoint 'Microsoft.Network/privateEndpoints@2026-03-01' = {
  name: 'pe-${group}-${name}'
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      { name: group, properties: { privateLinkServiceId: targetId, groupIds: [group] } }
    ]
  }

  resource names 'privateDnsZoneGroups' = {
    name: 'default'
    properties: { privateDnsZoneConfigs: [{ name: group, properties: { privateDnsZoneId: zone.id } }] }
  }
}
