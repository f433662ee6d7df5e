import { describe, expect, it } from 'vitest'
import { readNeighbours } from '../../../../electron/system/neighbours.ts'
import { macsOf } from '../../../../electron/system/qemu-processes.ts'

const line = (...words: readonly string[]): string => `${words.join('\0')}\0`

describe("the cards in a process's command line", () => {
  it('are those of a QEMU that was started anew', () => {
    const json = '{"driver":"virtio-net-pci","netdev":"hostnet0","id":"net0","mac":"52:54:00:AA:00:01","bus":"pci.1"}'
    expect(macsOf(line('/usr/bin/qemu-system-x86_64', '-device', json, '-device', 'e1000e,netdev=n1,mac=52:54:00:aa:00:02'))).toEqual(['52:54:00:aa:00:01', '52:54:00:aa:00:02'])
    expect(macsOf(line('/usr/bin/kvm', '-device', 'e1000e,mac=52:54:00:aa:00:02'))).toHaveLength(1)
  })

  it('are none of one that goes on from a saved state, and of another program', () => {
    expect(macsOf(line('/usr/bin/qemu-system-x86_64', '-device', 'e1000e,mac=52:54:00:aa:00:02', '-incoming', 'defer'))).toEqual([])
    expect(macsOf(line('/usr/sbin/dnsmasq', '--mac=52:54:00:aa:00:02'))).toEqual([])
    expect(macsOf('')).toEqual([])
  })
})

describe("the host's neighbours", () => {
  it('are those that answered, with their age', () => {
    const rows = [
      { dst: '10.9.0.2', dev: 'br0', lladdr: '52:54:00:AA:00:01', used: 9, confirmed: 4, updated: 12, state: ['STALE'] },
      { dst: '10.9.0.3', dev: 'br0', lladdr: '52:54:00:aa:00:02', used: 1, confirmed: 900, updated: 1, state: ['FAILED'] },
      { dst: '10.9.0.4', dev: 'br0', state: ['INCOMPLETE'] },
    ]
    expect(readNeighbours(JSON.stringify(rows))).toEqual([{ address: '10.9.0.2', mac: '52:54:00:aa:00:01', device: 'br0', age: 4 }])
    expect(readNeighbours('no json')).toEqual([])
    expect(readNeighbours('{}')).toEqual([])
  })
})
