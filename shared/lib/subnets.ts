/** What addresses say about the subnet they are in. */
import ipaddr from 'ipaddr.js'

/** The subnet of an address: 192.168.122.1 and 24 give "192.168.122.0/24". Null where it is no address with such a prefix. */
export function subnetOf({ address, prefix }: { readonly address: string; readonly prefix: number }): string | null {
  const text = `${address}/${prefix}`
  const family = [ipaddr.IPv4, ipaddr.IPv6].find((one) => one.isValidCIDR(text))
  return family ? `${family.networkAddressFromCIDR(text).toString()}/${prefix}` : null
}
