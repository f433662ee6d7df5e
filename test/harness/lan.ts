/**
 * The local network that the lab's host is plugged into: a card `enp1s0`, and behind it an "outside" in a network
 * namespace of its own that is the network's router, its DHCP and DNS server and, as 1.1.1.1, the Internet. Nothing
 * leads further: no packet leaves the test's namespaces.
 */
import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { startStation, type Station } from './station.ts'
import { until } from './poll.ts'
import { asUser } from './user.ts'

export interface Lan {
  readonly host: Station
  readonly outside: Station
  /** The router has a way back to this subnet, or loses it. */
  route(subnet: string, there: boolean): Promise<void>
  /** Whether the host passes on what no rule of a network's speaks of. */
  hostForwards(policy: 'ACCEPT' | 'DROP'): Promise<void>
  /** Plugs the host's second card in, which leads to the same outside by another wire, and gives both wires IPv6: that of the second is advertised by the router. */
  plugSecond(): Promise<void>
  /** Makes a bridge with the host's card in it, which then has the host's address. */
  makeBridge(name: string): Promise<void>
  /** The card has the address again. Nothing happens where there is no such bridge. */
  removeBridge(name: string): Promise<void>
  stop(): Promise<void>
}

export const lan = {
  device: 'enp1s0',
  subnet: '10.77.0.0/24',
  host: '10.77.0.2',
  router: '10.77.0.1',
  /** What the LAN's own DHCP gives is in here. */
  lease: /^10\.77\.0\.[5-9]\d$/,
  /** A name that the LAN's own DNS knows: of the router. */
  name: 'router.lan',
  internet: '1.1.1.1',
} as const

/** The other wire, and IPv6 on both, once `plugSecond` was called. */
export const second = { device: 'enp2s0', host: '10.78.0.2', router: '10.78.0.1', host6: 'fd78::2', router6: 'fd78::1', firstHost6: 'fd77::2', firstRouter6: 'fd77::1' } as const

/**
 * macvtap's /dev/tapN is called after the number of its interface, and lies in the one /dev of the computer: where two labs
 * had the same number, a machine of the one would be on the network of the other. Each goes on from a number of its own.
 */
export async function spreadInterfaceNumbers(): Promise<void> {
  const root = asUser('root')
  const group = '77'
  const links = Array.from({ length: randomInt(1, 40) }, (_, index) => `link add name spread${index} group ${group} type bridge\n`)
  await root.exec(['ip', '-batch', '-'], { input: links.join('') })
  await root.exec(['ip', 'link', 'delete', 'group', group])
}

export async function startLan(): Promise<Lan> {
  await spreadInterfaceNumbers()
  const outside = await startStation('outside', 'apart')
  const host = await startStation('host', 'here')
  const servers = [await connectBoth(host, outside)]
  const ip = (...words: string[]): Promise<string> => host.run('ip', ...words)
  const give = async (device: string): Promise<void> => {
    await ip('address', 'add', `${lan.host}/24`, 'dev', device)
    await ip('route', 'add', 'default', 'via', lan.router)
  }
  await give(lan.device)
  return {
    host,
    outside,
    route: async (subnet, there) => {
      await outside.run('ip', 'route', there ? 'replace' : 'delete', subnet, 'via', lan.host)
    },
    hostForwards: async (policy) => {
      await host.run('iptables', '-P', 'FORWARD', policy)
    },
    plugSecond: async () => {
      if (existsSync(`/sys/class/net/${second.device}`)) return
      // a host that passes IPv6 on, as a network before this one made it do, hears no router
      await host.run('sysctl', '-q', '-w', 'net/ipv6/conf/all/forwarding=0')
      await wire(host, outside, second.device, 'lan2')
      await ip('link', 'set', second.device, 'down')
      await ip('address', 'add', `${second.host}/24`, 'dev', second.device)
      await outside.run('ip', 'address', 'add', `${second.router}/24`, 'dev', 'lan2')
      const six = (at: Station, address: string, device: string) => at.run('ip', 'address', 'add', `${address}/64`, 'dev', device, 'nodad')
      await Promise.all([
        six(host, second.host6, second.device), six(outside, second.router6, 'lan2'),
        six(host, second.firstHost6, lan.device), six(outside, second.firstRouter6, 'lan'),
      ]) // prettier-ignore
      servers.push(await serve(outside, 'lan2', ['--port=0', '--enable-ra', '--dhcp-range=fd78::100,fd78::1ff,64', '--dhcp-leasefile=/dev/null'], /router advertisement on/))
      // a card that comes up asks for a router
      await ip('link', 'set', second.device, 'up')
      await until('the router’s advertisement', 20_000, async () => ((await ip('-6', 'route', 'show', 'default')).includes(second.device) ? true : undefined))
    },
    makeBridge: async (name) => {
      await ip('address', 'flush', 'dev', lan.device)
      await ip('link', 'add', name, 'type', 'bridge', 'forward_delay', '0')
      await ip('link', 'set', lan.device, 'master', name)
      await ip('link', 'set', name, 'up')
      await give(name)
    },
    removeBridge: async (name) => {
      if (!existsSync(`/sys/class/net/${name}`)) return
      await ip('link', 'delete', name)
      await give(lan.device)
    },
    stop: async () => {
      for (const stopServer of servers) stopServer()
      if (existsSync(`/sys/class/net/${second.device}`)) await ip('link', 'delete', second.device)
      await ip('link', 'delete', lan.device).finally(() => [outside, host].forEach((one) => one.stop()))
    },
  }
}

/** The wire between the two, and the servers on it; answers what ends these. */
async function connectBoth(host: Station, outside: Station): Promise<() => void> {
  await outside.run('ip', 'link', 'set', 'lo', 'up')
  await outside.run('ip', 'address', 'add', `${lan.internet}/32`, 'dev', 'lo')
  await wire(host, outside, lan.device, 'lan')
  await outside.run('ip', 'address', 'add', `${lan.router}/24`, 'dev', 'lan')
  return serveAddresses(outside)
}

async function wire(host: Station, outside: Station, device: string, end: string): Promise<void> {
  await host.run('ip', 'link', 'add', device, 'type', 'veth', 'peer', 'name', end, 'netns', String(outside.pid))
  await host.run('ip', 'link', 'set', device, 'up')
  await outside.run('ip', 'link', 'set', end, 'up')
}

async function serveAddresses(outside: Station): Promise<() => void> {
  const leases = ['--dhcp-range=10.77.0.50,10.77.0.99,1h', `--dhcp-option=option:router,${lan.router}`, '--dhcp-leasefile=/dev/null']
  const names = ['--no-resolv', '--no-hosts', '--domain=lan', '--local=/lan/', `--host-record=${lan.name},${lan.router}`]
  return serve(outside, 'lan', ['--no-ping', ...leases, ...names], /DHCP, (IP range|sockets bound)/)
}

/** A dnsmasq there that has said that it is ready; answers what ends it. */
async function serve(outside: Station, device: string, words: readonly string[], ready: RegExp): Promise<() => void> {
  const self = ['--keep-in-foreground', '--conf-file=/dev/null', '--pid-file', '--user=root', '--log-facility=-']
  const [program = '', ...args] = [...outside.inside, 'dnsmasq', ...self, `--interface=${device}`, '--bind-interfaces', ...words]
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  await until(`dnsmasq on ${device}`, 20_000, () => {
    if (child.exitCode !== null) throw new Error(said)
    return ready.test(said) ? true : undefined
  })
  return () => void child.kill('SIGKILL')
}
