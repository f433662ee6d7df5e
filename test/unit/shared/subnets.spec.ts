import { describe, expect, it } from 'vitest'
import { subnetOf } from '../../../shared/lib/subnets.ts'

describe('the subnet of an address', () => {
  it.each([
    ['192.168.122.1', 24, '192.168.122.0/24'],
    ['10.200.77.130', 25, '10.200.77.128/25'],
    ['172.16.5.4', 12, '172.16.0.0/12'],
    ['2001:db8:ca2:2::1', 64, '2001:db8:ca2:2::/64'],
  ])('%s/%i is in %s', (address, prefix, subnet) => {
    expect(subnetOf({ address, prefix })).toBe(subnet)
  })

  it.each([['192.168.122.1', 33], ['not an address', 24], ['', 0]])('%s/%i has none', (address, prefix) => {
    expect(subnetOf({ address, prefix })).toBeNull()
  })
})
