/** Who looks after the devices of this computer, by what it leaves in the file system. */
import { access, readdir } from 'node:fs/promises'
import type { NetworkManager } from '../../../shared/model/host-networking.ts'

/** NetworkManager wherever it runs: netplan hands its devices over to it then. */
export async function findManager(): Promise<NetworkManager> {
  if (await isThere('/run/NetworkManager')) return 'networkmanager'
  if (await hasNetplan()) return 'netplan'
  if (await isThere('/run/systemd/netif/state')) return 'systemd-networkd'
  return (await isThere('/etc/network/interfaces')) ? 'ifupdown' : 'unknown'
}

async function hasNetplan(): Promise<boolean> {
  const files = await readdir('/etc/netplan').catch(() => [])
  return files.some((name) => name.endsWith('.yaml'))
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
