/** Leases of libvirt's DHCP. virsh has only its table for them; its columns are told apart by what they hold. */
import type { NetworkLease } from '../../../shared/model/network.ts'

const row = /^\s*(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\s+([0-9a-f]{2}(?::[0-9a-f]{2}){5,})\s+ipv[46]\s+([0-9a-f.:]+)\/(\d+)\s+(\S+)/i

/** Rows of `net-dhcp-leases`; times are of this host's clock. */
export function readLeases(text: string): NetworkLease[] {
  return text.split('\n').flatMap((line): NetworkLease[] => {
    const [, until, mac, address, prefix, hostname] = row.exec(line) ?? []
    if (until === undefined || mac === undefined || address === undefined) return []
    const expiresAt = Math.floor(new Date(until.replace(' ', 'T')).getTime() / 1000)
    return [{ mac, address, prefix: Number(prefix), hostname: hostname === '-' || hostname === undefined ? null : hostname, expiresAt }]
  })
}
