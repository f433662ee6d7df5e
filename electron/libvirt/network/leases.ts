/** Leases of libvirt's DHCP. virsh has only its table for them; its columns are told apart by what they hold. */
import type { NetworkLease } from '../../../shared/model/network.ts'
import { attr, child, children, type XmlElement } from '../xml/document.ts'

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

const unitSeconds: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3_600 }
/** What dnsmasq takes where the network says nothing. https://thekelleys.org.uk/dnsmasq/docs/dnsmasq-man.html (--dhcp-range) */
const USUAL_SECONDS = 3_600

/** For how long a network lends an address, at least: ranges and hosts may differ. Null for ever. https://libvirt.org/formatnetwork.html#addressing */
export function leaseSeconds(network: XmlElement): number | null {
  const lenders = children(network, 'ip').flatMap((ip) => [...children(child(ip, 'dhcp'), 'range'), ...children(child(ip, 'dhcp'), 'host')])
  const times = lenders.map((lender) => {
    const lease = child(lender, 'lease')
    return lease ? Number(attr(lease, 'expiry') ?? 0) * (unitSeconds[attr(lease, 'unit') ?? 'minutes'] ?? 60) : USUAL_SECONDS
  })
  const limited = times.filter((seconds) => seconds > 0)
  return limited.length > 0 ? Math.min(...limited) : null
}
