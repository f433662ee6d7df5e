/** Small guests on a network of libvirt's, addressed and questioned from their serial consoles. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildAgentChannel } from '../../electron/libvirt/domain/devices/channel.ts'
import { buildInterface } from '../../electron/libvirt/domain/devices/interface.ts'
import { buildXml, child, insert, parseXml } from '../../electron/libvirt/xml/document.ts'
import type { CardSource } from '../../shared/model/card.ts'
import { ensureGuest } from '../guest/index.ts'
import { guestShell, type GuestShell } from './guest-shell.ts'
import { defineMachine, machineXml } from './machine.ts'
import { until } from './poll.ts'
import { serialPort } from './serial.ts'
import { readAnswer, type Answer } from './station.ts'
import { asUser } from './user.ts'

const system = 'qemu:///system'
const root = asUser('root')

export interface NetworkGuest {
  readonly name: string
  readonly uuid: string
  readonly mac: string
  readonly shell: GuestShell
  /** Waits for the address that it asks for by DHCP since its card was plugged in; as "192.168.101.7/24". */
  leased(): Promise<string>
  /** The gateway and the DNS server that it uses, each null for none. */
  settings(): Promise<{ readonly gateway: string | null; readonly dns: string | null }>
  /** Whether anybody gives addresses here; nothing is changed. */
  isOffered(): Promise<boolean>
  /** Forgets its address and asks for one by DHCP. */
  askAnew(): Promise<void>
  /** Gives the card an address and, where one is named, a gateway. */
  fixed(cidr: string, gateway?: string): Promise<void>
  /** What each of these addresses answers, all asked at once; and whether a ping comes back. */
  reach(...addresses: readonly string[]): Promise<ReadonlyMap<string, Reached>>
  /** Gives the card an IPv6 address beside what it has, and a gateway. */
  fixed6(cidr: string, gateway: string): Promise<void>
  /** What an IPv6 address answers. */
  ask6(address: string): Promise<Answer>
  /** The address that a DNS server has for a name, or null. */
  lookUp(name: string, server: string): Promise<string | null>
  /** Plugs the running machine's card into another network, and the stored machine's too. */
  plugInto(network: string): Promise<void>
  /** Waits until the bridge lets its packets through. */
  plugged(): Promise<void>
  /** Ends the machine and forgets it, once. */
  remove(): Promise<void>
}

export interface Reached {
  readonly tcp: Answer
  readonly ping: boolean
}

export interface NetworkGuestOptions {
  readonly card: CardSource
  readonly mac: string
  /** A channel for QEMU's guest agent, which the guest answers. */
  readonly agent?: boolean
}

/** Kernel and system where QEMU's user can read them; nothing of the clone's changes its owner. */
async function bootFiles(): Promise<{ readonly kernel: string; readonly initrd: string }> {
  const guest = await ensureGuest()
  const folder = '/run/lab/network-guest'
  const files = { kernel: join(folder, 'vmlinuz'), initrd: join(folder, 'initrd') }
  if (mkdirSync(folder, { recursive: true, mode: 0o755 }) !== undefined) {
    copyFileSync(guest.kernel, files.kernel)
    copyFileSync(guest.initrd, files.initrd)
  }
  return files
}

const words = 'console=ttyS0,115200 quiet cryptomgr.notests mitigations=off no_timer_check panic=5'

/** Defines and starts machines with these names, all at once, and waits for their shells. */
export async function bootOn(guests: Readonly<Record<string, NetworkGuestOptions>>): Promise<NetworkGuest[]> {
  const files = await bootFiles()
  return Promise.all(Object.entries(guests).map(([name, options]) => boot(name, options, files)))
}

async function boot(name: string, options: NetworkGuestOptions, files: { kernel: string; initrd: string }): Promise<NetworkGuest> {
  const kernel = { ...files, words: `${words} vivero.name=${name}` }
  const document = parseXml(machineXml({ name, kernel, network: null }))
  const devices = child(document, 'devices')
  if (devices === undefined) throw new Error('the machine has no devices')
  insert(devices, buildInterface({ source: options.card, model: 'virtio', mac: options.mac }))
  if (options.agent === true) insert(devices, buildAgentChannel())
  const uuid = await defineMachine(root, system, name, buildXml(document))
  try {
    await root.virsh(['-c', system, 'start', `--domain=${uuid}`])
    return await talkTo(name, uuid, options.mac)
  } catch (error) {
    await forget(uuid)
    throw error
  }
}

async function talkTo(name: string, uuid: string, mac: string): Promise<NetworkGuest> {
  const port = await serialPort(root, uuid, system)
  await port.expectText(/vivero-guest ready/, 90_000)
  await untilForwarding(uuid)
  const shell = guestShell(port)
  let removed = false
  await shell.run('httpd -p 7000 -h /www')
  return {
    name,
    uuid,
    mac,
    shell,
    leased: async () => {
      const look = 'ip -4 -o addr show dev eth0 | grep inet'
      const text = await shell.run(`for try in $(seq 600); do ${look} && break; usleep 100000; done`, 60_000)
      const [, address] = /inet ([0-9./]+)/.exec(text) ?? []
      if (address === undefined) throw new Error(`${name} got no address by DHCP`)
      return address
    },
    settings: async () => {
      const text = await shell.run('ip route; cat /etc/resolv.conf')
      const word = (pattern: RegExp): string | null => pattern.exec(text)?.[1] ?? null
      return { gateway: word(/^default via (\S+)/m), dns: word(/^nameserver (\S+)/m) }
    },
    isOffered: async () => (await shell.try('udhcpc -i eth0 -n -q -t 2 -T 1 -s /bin/true')).code === 0,
    askAnew: async () => void (await shell.run('net-set eth0 dhcp')),
    fixed: async (cidr, gateway = '') => void (await shell.run(`net-set eth0 ${cidr} ${gateway}`)),
    fixed6: async (cidr, gateway) => void (await shell.run(`echo 0 > /proc/sys/net/ipv6/conf/eth0/accept_dad; ip -6 addr add ${cidr} dev eth0 && ip -6 route add default via ${gateway}`)),
    ask6: async (address) => {
      const { text, code } = await shell.try(`timeout 3 wget -q -O - 'http://[${address}]:7000/cgi-bin/who' 2>&1`)
      return readAnswer(code === 143 ? 'no answer' : text.replaceAll(/[[\]]/g, ''))
    },
    reach: async (...addresses) => readReached(addresses, await shell.run(`reach ${addresses.join(' ')}`)),
    lookUp: async (host, server) => {
      const { text } = await shell.try(`timeout 2 nslookup -type=a ${host} ${server}`)
      return /^Name:.*\nAddress: ([0-9.]+)$/m.exec(text)?.[1] ?? null
    },
    plugInto: (network) => plugInto(uuid, mac, network),
    plugged: () => untilForwarding(uuid),
    remove: async () => {
      if (removed) return
      removed = true
      port.close()
      await forget(uuid)
    },
  }
}

function readReached(addresses: readonly string[], text: string): Map<string, Reached> {
  const said = (word: string, address: string): string => {
    const line = text.split('\n').find((one) => one.startsWith(`${word} ${address}: `))
    if (line === undefined) throw new Error(`the guest said nothing of ${address}: ${text}`)
    return line.slice(`${word} ${address}: `.length)
  }
  return new Map(addresses.map((one) => [one, { tcp: readAnswer(said('tcp', one)), ping: said('ping', one) === 'back' }]))
}

/** The bridges of libvirt's networks learn for four seconds before they let a new port's packets through (STP). */
async function untilForwarding(uuid: string): Promise<void> {
  const cards = await root.virsh(['-c', system, 'domiflist', `--domain=${uuid}`])
  const state = `/sys/class/net/${cards.trim().split(/\s+/)[0] ?? ''}/brport/state`
  if (!existsSync(state)) return // macvtap
  await until('the port of the bridge', 10_000, () => (readFileSync(state, 'utf8').trim() === '3' ? true : undefined))
}

async function plugInto(uuid: string, mac: string, network: string): Promise<void> {
  const card = buildXml(buildInterface({ source: { type: 'network', network }, model: 'virtio', mac }))
  const file = `/run/lab/network-guest/${uuid}.xml`
  writeFileSync(file, card)
  await root.virsh(['-c', system, 'update-device', `--domain=${uuid}`, `--file=${file}`, '--live', '--config'])
  await untilForwarding(uuid)
}

/** Whatever state it is in. */
async function forget(uuid: string): Promise<void> {
  await root.exec(['virsh', '-q', '-c', system, 'destroy', `--domain=${uuid}`])
  await root.virsh(['-c', system, 'undefine', `--domain=${uuid}`])
}
