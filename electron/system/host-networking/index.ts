/** The network of this computer, as iproute2 and /sys tell it. https://man7.org/linux/man-pages/man8/ip.8.html */
import { readFile } from 'node:fs/promises'
import type { HostBridge, HostNetworking } from '../../../shared/model/host-networking.ts'
import { run } from '../exec.ts'
import { readBridgeHelper } from './bridge-helper.ts'
import { readDevices, type DeviceFacts } from './devices.ts'
import { findManager } from './manager.ts'
import { advertisedBy, readRoutes } from './routes.ts'

/**
 * Reads it anew. `virtual`: names of the bridges that libvirt made for its networks, which are no bridges of the host's.
 * Errors: program-missing (ip), timeout.
 */
export async function hostNetworking(virtual: ReadonlySet<string>): Promise<HostNetworking> {
  const [links, routes4, routes6, manager] = await Promise.all([
    ip(['-d', 'address', 'show']),
    ip(['-4', 'route', 'show']),
    ip(['-6', 'route', 'show']),
    findManager(),
  ])
  const routes = [...readRoutes(routes4), ...readRoutes(routes6)]
  const defaults = new Set(routes.filter((one) => one.destination === 'default').map((one) => one.device))
  const devices = await readDevices(links, defaults)
  const bridges = devices.filter((one) => one.kind === 'bridge' && !virtual.has(one.name) && !/^virbr\d+$/.test(one.name)).map((one) => bridgeOf(one, devices))
  return {
    told: 'host',
    devices,
    bridges,
    routes: routes.filter((one) => one.destination !== 'default'),
    autoconfigured: await autoconfigured(routes6),
    manager,
    helper: await readBridgeHelper(bridges.map((one) => one.name)),
  }
}

/** Of those that take their routes from a router, those that would not any more once this computer is a router itself. */
async function autoconfigured(routes6: readonly unknown[]): Promise<string[]> {
  const found = await Promise.all(
    advertisedBy(routes6).map(async (device) => {
      const accepts = await readFile(`/proc/sys/net/ipv6/conf/${device}/accept_ra`, 'utf8').catch(() => '')
      return accepts.trim() === '1' ? [device] : []
    }),
  )
  return found.flat()
}

function bridgeOf({ name, up, addresses }: DeviceFacts, devices: readonly DeviceFacts[]): HostBridge {
  return { name, up, addresses, ports: devices.filter((one) => one.master === name).map((one) => one.name) }
}

/** What ip prints as JSON; nothing where the kernel has no such family. */
async function ip(words: readonly string[]): Promise<readonly unknown[]> {
  const { stdout } = await run('ip', ['-j', ...words], { timeoutMs: 10_000 })
  try {
    const found: unknown = JSON.parse(stdout.trim() === '' ? '[]' : stdout)
    return Array.isArray(found) ? found : []
  } catch {
    return []
  }
}
