import type { TFunction } from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { choiceGroups, choices, reachOfChoice } from '../../../../renderer/features/new-network/choices.ts'
import { ipv6Beside, proposals } from '../../../../renderer/features/new-network/proposal.ts'
import { bridgeText, deviceText, isGuestDevice, matrixColumns, placeText, reachText } from '../../../../renderer/features/new-network/words.ts'
import { exampleNetwork } from '../../examples.ts'
import { speak } from '../words.ts'

let t: TFunction
beforeAll(async () => {
  t = await speak('es')
})

describe('the kinds of networks', () => {
  it('are the eight of the course in its two groups', () => {
    expect(choiceGroups.flatMap((group) => group.choices)).toEqual(choices)
    expect(choiceGroups.map((group) => group.choices.length)).toEqual([6, 2])
  })

  it('say in a table who reaches whom', () => {
    const rows = Object.fromEntries(choices.map((choice) => [choice, matrixColumns.map((column) => reachText(t, reachOfChoice(choice), column)).join(' | ')]))
    expect(rows).toEqual({
      nat: 'sí | sí | sí | sí | sí | nada, por DHCP | no',
      route: 'sí | sí | con una ruta de vuelta en el router | sí | sí | nada, por DHCP | con una ruta de vuelta en el router',
      open: 'sí | sí | según reenvíe el anfitrión | sí | sí | nada, por DHCP | según reenvíe el anfitrión',
      'isolated-dhcp': 'sí | sí | no | sí | sí | nada, por DHCP | no',
      isolated: 'no | sí | no | sí | sí | dirección a mano | no',
      'very-isolated': 'no | no | no | no | sí | dirección a mano | no',
      bridge: 'el de la red local | el de la red local | sí | sí | sí | como en la red local | sí',
      macvtap: 'el de la red local | el de la red local | sí | no | sí | como en la red local | sí',
    })
  })
})

describe('the words of the form', () => {
  it('name the field that is in the way', () => {
    const places = ['name', 'ipv4.cidr', 'ipv6.cidr', 'ipv4.ranges.0.end', 'ipv4.ranges', 'ipv4.hosts.1.mac', 'ipv6.hosts.0.name', 'dnsRecords.2.names', 'dnsRecords', 'mtu', 'hostBridge']
    expect(places.map((field) => placeText(t, field))).toEqual([
      '', 'Red IPv4:', 'Red IPv6:', 'Última dirección:', 'Primera dirección:', 'Direcciones fijas, fila 2:', 'Direcciones IPv6 fijas, fila 1:', 'Registros DNS, fila 3:', 'Registros DNS:', 'MTU (bytes por paquete):', '',
    ])
  })

  it('tell bridges by what is plugged in, and why a card cannot be shared', () => {
    const device = { name: 'enp1s0', kind: 'wired', up: true, addresses: [], defaultRoute: false } as const
    expect(deviceText(t, { ...device, master: null })).toBe('enp1s0, cable')
    expect(deviceText(t, { ...device, master: 'br0' })).toBe('enp1s0: está en el puente br0')
    expect(bridgeText(t, { name: 'br0', up: true, ports: ['enp1s0', 'enp2s0'], addresses: [] })).toBe('br0, con enp1s0, enp2s0')
    expect(bridgeText(t, { name: 'br0', up: true, ports: [], addresses: [] })).toBe('br0, sin nada conectado')
    expect(['vnet0', 'virbr12', 'macvtap3', 'enp1s0', 'veth1'].map(isGuestDevice)).toEqual([true, true, true, false, false])
  })

  it('propose free subnets of both families', () => {
    expect(ipv6Beside('192.168.101.0/24')).toBe('fd00:192:168:101::/64')
    const there = exampleNetwork({ addresses: [{ family: 'ipv4', address: '192.168.100.1', prefix: 24, ranges: [], hosts: [] }, { family: 'ipv6', address: 'fd00:192:168:101::1', prefix: 64, ranges: [], hosts: [] }] })
    expect(proposals('c1', { networks: [there], host: null })).toMatchObject({ ipv4: '192.168.101.0/24', ipv6: 'fd00:100:1::/64' })
  })
})
