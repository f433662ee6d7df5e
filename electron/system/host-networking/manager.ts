/** Who looks after the devices of this computer, by what it leaves in the file system. */
import { readdir } from 'node:fs/promises'
import type { NetworkManager } from '../../../shared/model/host-networking.ts'
import { exists } from '../exists.ts'

/** NetworkManager wherever it runs: netplan hands its devices over to it then. */
export async function findManager(): Promise<NetworkManager> {
  if (await exists('/run/NetworkManager')) return 'networkmanager'
  if (await hasNetplan()) return 'netplan'
  if (await exists('/run/systemd/netif/state')) return 'systemd-networkd'
  return (await exists('/etc/network/interfaces')) ? 'ifupdown' : 'unknown'
}

async function hasNetplan(): Promise<boolean> {
  const files = await readdir('/etc/netplan').catch(() => [])
  return files.some((name) => name.endsWith('.yaml'))
}
