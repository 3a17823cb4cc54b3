// A network of our own: from here the app calls out, and here are the private addresses of storage and vault.

@description('Required. Its name.')
param name string

@description('Required. Its region.')
param location string

@description('Required. Its tags.')
param tags { *: string }

resource network 'Microsoft.Network/virtualNetworks@2026-03-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: '10.0.0.0/24'
          delegations: [{ name: 'app', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      { name: 'endpoints', properties: { addressPrefix: '10.0.1.0/24' } }
    ]
  }

  resource app 'subnets' existing = { name: 'app' }

  resource endpoints 'subnets' existing = { name: 'endpoints' }
}

@description('By which resources name it.')
output id string = network.id

@description('Where the app calls out from.')
output appSubnetId string = network::app.id

@description('Where private endpoints are.')
output endpointsSubnetId string = network::endpoints.id
