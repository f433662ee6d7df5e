/** Devices of the host, from `ip -j -d address show`. */
import type { HostDevice, HostDeviceKind } from '../../../shared/model/host-networking.ts'
import { exists } from '../exists.ts'

export type DeviceFacts = HostDevice

/** All but the loopback. `defaults`: names of those that carry a default route. */
export async function readDevices(rows: readonly unknown[], defaults: ReadonlySet<string>): Promise<DeviceFacts[]> {
  const found = await Promise.all(rows.map((row) => readDevice(row, defaults)))
  return found.filter((one) => one !== null)
}

async function readDevice(row: unknown, defaults: ReadonlySet<string>): Promise<DeviceFacts | null> {
  const name = word(row, 'ifname')
  if (name === null || word(row, 'link_type') === 'loopback') return null
  const flags = list(row, 'flags')
  return {
    name,
    kind: (await isWireless(name)) ? 'wireless' : kindOf(row),
    up: flags.includes('UP'),
    master: word(row, 'master'),
    addresses: list(row, 'addr_info').flatMap((one) => {
      const [address, prefix] = [word(one, 'local'), part(one, 'prefixlen')]
      // every device that is up gives itself a link-local one
      return address === null || typeof prefix !== 'number' || word(one, 'scope') === 'link' ? [] : [`${address}/${prefix}`]
    }),
    defaultRoute: defaults.has(name),
  }
}

/** The card of a container is one end of a pair whose other end is outside. */
function kindOf(row: unknown): HostDeviceKind {
  const info = part(row, 'linkinfo')
  const kind = word(info, 'info_kind')
  if (kind === 'bridge') return 'bridge'
  if (kind === 'veth') return part(row, 'link_netnsid') === undefined ? 'virtual' : 'wired'
  if (kind === 'bond' || kind === 'team' || kind === 'vlan') return 'other'
  if (kind !== null) return 'virtual'
  return word(row, 'link_type') === 'ether' ? 'wired' : 'other'
}

async function isWireless(name: string): Promise<boolean> {
  const there = await Promise.all(['wireless', 'phy80211'].map((file) => exists(`/sys/class/net/${name}/${file}`)))
  return there.includes(true)
}

function part(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined
}

function word(value: unknown, name: string): string | null {
  const found = part(value, name)
  return typeof found === 'string' ? found : null
}

function list(value: unknown, name: string): readonly unknown[] {
  const found = part(value, name)
  return Array.isArray(found) ? found : []
}
