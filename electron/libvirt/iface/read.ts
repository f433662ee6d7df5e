/** Devices of a host in libvirt's words. https://libvirt.org/formatnode.html; interfaces have no page, their schema is interface.rng. */
import { subnetOf } from '../../../shared/lib/subnets.ts'
import type { HostDevice, HostRoute } from '../../../shared/model/host-networking.ts'
import { attr, child, children, text, type XmlElement } from '../xml/document.ts'

/** Names of `iface-list --all`: virsh has only its table for them. The kernel allows no blank in a name. */
export function readNames(table: string): readonly string[] {
  const rows = table.split('\n').flatMap((line) => /^\s*(\S+)\s+(?:active|inactive)(?:\s|$)/.exec(line)?.[1] ?? [])
  return [...new Set(rows)].filter((name) => name !== 'lo')
}

/** What a node device adds to what an interface says. */
export interface NodeFacts {
  readonly wireless: boolean
  /** No card: made by the kernel, as one end of a pair or a tap is. */
  readonly virtual: boolean
}

/** By the name of the device. */
export function readNodes(nodes: readonly XmlElement[]): ReadonlyMap<string, NodeFacts> {
  return new Map(
    nodes.flatMap((node): [string, NodeFacts][] => {
      const net = children(node, 'capability').find((one) => attr(one, 'type') === 'net')
      const name = net && text(child(net, 'interface'))
      if (!name) return []
      const wireless = children(net, 'capability').some((one) => attr(one, 'type') === '80211')
      return [[name, { wireless, virtual: /^\/sys\/devices\/virtual\//.test(text(child(node, 'path'))) }]]
    }),
  )
}

/** The device of a document, and those plugged into it where it is a bridge or a bond. */
export function readDevices(el: XmlElement, nodes: ReadonlyMap<string, NodeFacts>, master: string | null = null): HostDevice[] {
  const name = attr(el, 'name')
  if (name === null) return []
  const ports = ['bridge', 'bond'].flatMap((tag) => children(child(el, tag), 'interface'))
  return [deviceOf(el, name, { master, facts: nodes.get(name) }), ...ports.flatMap((port) => readDevices(port, nodes, name))]
}

function deviceOf(el: XmlElement, name: string, { master, facts }: { readonly master: string | null; readonly facts: NodeFacts | undefined }): HostDevice {
  const type = attr(el, 'type') ?? 'ethernet'
  const kind = type === 'bridge' ? 'bridge' : type !== 'ethernet' ? 'other' : facts?.wireless ? 'wireless' : facts?.virtual ? 'virtual' : 'wired'
  const protocols = children(el, 'protocol')
  return {
    name,
    kind,
    up: attr(child(el, 'link'), 'state') !== 'down', // a driver that says nothing of a link says nothing against it
    master,
    addresses: protocols.flatMap((protocol) => children(protocol, 'ip').flatMap(addressOf)),
    defaultRoute: protocols.some((protocol) => children(protocol, 'route').some((route) => attr(route, 'address') === null && attr(route, 'gateway') !== null)),
  }
}

function addressOf(ip: XmlElement): string[] {
  const [address, prefix] = [attr(ip, 'address'), attr(ip, 'prefix')]
  const linkLocal = /^(?:fe80:|169\.254\.)/i.test(address ?? '')
  return address === null || prefix === null || linkLocal ? [] : [`${address}/${prefix}`]
}

/** The subnets that the addresses of devices are in: where libvirt tells no routes, those at least are there. */
export function routesOf(devices: readonly HostDevice[]): HostRoute[] {
  return devices.flatMap(({ name, addresses }) =>
    addresses.flatMap((text): HostRoute[] => {
      const [address = '', prefix] = text.split('/')
      const destination = subnetOf({ address, prefix: Number(prefix) })
      return destination === null ? [] : [{ destination, device: name }]
    }),
  )
}
