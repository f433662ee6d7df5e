/** What addresses say about the subnet they are in. Addresses are numbers here, so that they can be counted. */
import ipaddr from 'ipaddr.js'

export type Family = 'ipv4' | 'ipv6'

export interface Address {
  readonly family: Family
  readonly value: bigint
}

export interface Subnet {
  readonly family: Family
  readonly prefix: number
  /** The address as it was written, with its host bits. */
  readonly written: bigint
  /** The subnet's own address: all host bits are 0. */
  readonly first: bigint
  /** The last one (in IPv4 its broadcast address): all host bits are 1. */
  readonly last: bigint
}

const bits = { ipv4: 32, ipv6: 128 } as const

/** An address in full form: four decimal parts, or IPv6 without a zone. Null for everything else, and for blanks around it. */
export function parseAddress(text: string): Address | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return { family: 'ipv4', value: valueOf(ipaddr.IPv4.parse(text)) }
  if (/^[0-9a-f:.]+$/i.test(text) && text.includes(':') && ipaddr.IPv6.isValid(text)) return { family: 'ipv6', value: valueOf(ipaddr.IPv6.parse(text)) }
  return null
}

/** "192.168.101.0/24", "fd00::/64"; null for everything else. */
export function parseSubnet(text: string): Subnet | null {
  const [address = '', length = '', ...rest] = text.split('/')
  const parsed = parseAddress(address)
  if (!parsed || rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(length)) return null
  return subnetAround(parsed, Number(length))
}

/** The subnet of that prefix length that an address is in; null where there is no such length. */
export function subnetAround({ family, value }: Address, prefix: number): Subnet | null {
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > bits[family]) return null
  const size = 1n << BigInt(bits[family] - prefix)
  const first = (value / size) * size
  return { family, prefix, written: value, first, last: first + size - 1n }
}

/** An address as it is written: "192.168.101.1", "fd00::1". */
export function addressText({ family, value }: Address): string {
  const length = bits[family] / 8
  const bytes = Array.from({ length }, (_, index) => Number((value >> BigInt(8 * (length - 1 - index))) & 255n))
  return ipaddr.fromByteArray(bytes).toString()
}

/** "192.168.101.0/24", without host bits. */
export function subnetText({ family, first, prefix }: Pick<Subnet, 'family' | 'first' | 'prefix'>): string {
  return `${addressText({ family, value: first })}/${prefix}`
}

export function isInside(subnet: Subnet, { family, value }: Address): boolean {
  return family === subnet.family && value >= subnet.first && value <= subnet.last
}

export function overlap(one: Subnet, other: Subnet): boolean {
  return one.family === other.family && one.first <= other.last && other.first <= one.last
}

/** The subnet of an address: 192.168.122.1 and 24 give "192.168.122.0/24". Null where it is no address with such a prefix. */
export function subnetOf({ address, prefix }: { readonly address: string; readonly prefix: number }): string | null {
  const parsed = parseAddress(address)
  const subnet = parsed && subnetAround(parsed, prefix)
  return subnet && subnetText(subnet)
}

function valueOf(address: ipaddr.IPv4 | ipaddr.IPv6): bigint {
  return address.toByteArray().reduce((value, byte) => value * 256n + BigInt(byte), 0n)
}
