/** A host and its networks, as the checks of a network meet them. */
import type { HostNetworking } from '../../../../shared/model/host-networking.ts'
import type { Around } from '../../../../shared/model/network-checks.ts'
import type { NetworkPlan, SubnetPlan } from '../../../../shared/model/network-plan.ts'
import { exampleNetwork, exampleUuid } from '../../examples.ts'

const device = { up: true, master: null, addresses: [], defaultRoute: false } as const

export const exampleHost: HostNetworking = {
  told: 'host', autoconfigured: [],
  devices: [
    { ...device, name: 'enp1s0', kind: 'wired', defaultRoute: true, addresses: ['192.168.1.7/24'] },
    { ...device, name: 'enp2s0', kind: 'wired', master: 'br0' },
    { ...device, name: 'enp3s0', kind: 'wired', up: false },
    { ...device, name: 'wlan0', kind: 'wireless' },
    { ...device, name: 'br0', kind: 'bridge' },
    { ...device, name: 'br1', kind: 'bridge', up: false },
    { ...device, name: 'virbr0', kind: 'bridge' },
    { ...device, name: 'vnet0', kind: 'virtual', master: 'virbr0' },
    { ...device, name: 'tun0', kind: 'virtual' },
  ],
  bridges: [
    { name: 'br0', up: true, ports: ['enp2s0'], addresses: [] },
    { name: 'br1', up: false, ports: [], addresses: [] },
  ],
  routes: [
    { destination: '192.168.1.0/24', device: 'enp1s0' },
    { destination: '192.168.122.0/24', device: 'virbr0' },
    { destination: '10.8.0.0/16', device: 'tun0' },
    { destination: '128.0.0.0/1', device: 'tun0' },
    { destination: '169.254.0.0/16', device: 'enp1s0' },
    { destination: 'fe80::/64', device: 'enp1s0' },
    { destination: 'fd00:8::/64', device: 'enp1s0' },
  ],
  manager: 'networkmanager',
  helper: { path: null, setuid: false, list: '/etc/qemu/bridge.conf', allowed: null },
}

/** `default` is on; `other` is off, with IPv6 and the next bridge. */
export const exampleAround: Around = {
  host: exampleHost,
  networks: [
    exampleNetwork(),
    exampleNetwork({
      uuid: exampleUuid(101),
      name: 'other',
      active: false,
      kind: 'isolated',
      bridge: 'virbr1',
      addresses: [
        { family: 'ipv4', address: '192.168.100.1', prefix: 24, ranges: [], hosts: [] },
        { family: 'ipv6', address: 'fd00:100::1', prefix: 64, ranges: [], hosts: [] },
      ],
    }),
  ],
}

export const subnet = (cidr: string, more: Partial<SubnetPlan> = {}): SubnetPlan => ({ cidr, gateway: null, dhcp: null, ...more })

/** Exercise 2a of the course: nothing is wrong with it. */
export const exampleNetworkPlan = (more: Partial<NetworkPlan> = {}): NetworkPlan => ({
  connection: 'c1',
  name: 'red-nat',
  kind: 'nat',
  forwardDevice: null,
  ipv4: subnet('192.168.101.0/24', { dhcp: { ranges: [{ start: '192.168.101.2', end: '192.168.101.254' }], hosts: [] } }),
  ipv6: null,
  domain: 'red-nat',
  dnsRecords: [],
  mtu: null,
  bridge: '',
  hostBridge: '',
  hostDevice: '',
  start: true,
  autostart: true,
  ...more,
})
