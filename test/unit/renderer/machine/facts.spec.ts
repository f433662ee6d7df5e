import type { TFunction } from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  accelerationText,
  addressesOf,
  addressText,
  bootText,
  countDevices,
  cpuText,
  graphicsText,
  interfaceText,
  isPending,
  ofMax,
  shownConfig,
  systemText,
} from '../../../../renderer/features/machine/facts.ts'
import type { DomainAddress, DomainGraphics } from '../../../../shared/model/domain.ts'
import { exampleConfig, exampleDetails, exampleDisk, exampleUuid } from '../../examples.ts'
import { speak } from '../words.ts'

let t: TFunction
beforeAll(async () => {
  t = await speak('en')
})

describe('what the page of a machine shows', () => {
  it('is what runs now, else what the next start uses', () => {
    const [live, config] = [exampleConfig({ vcpus: 1 }), exampleConfig({ vcpus: 2 })]
    expect([
      shownConfig({ live, config }),
      shownConfig({ live: null, config }),
      shownConfig({ live: null, config: null }),
    ]).toEqual([live, config, null])
  })

  it('is marked where the next start differs', () => {
    const details = exampleDetails({
      uuid: exampleUuid(1),
      name: 'x',
      pending: [
        { field: 'memory', kind: 'kib', live: 1, next: 2, applicable: false },
        { field: 'disk:vda', kind: 'disk', live: null, next: exampleDisk(), applicable: false },
      ],
    })
    expect(['memory', 'disk:vda', 'disk:vdb', 'disk'].map((part) => isPending(details, part))).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})

describe('the processor', () => {
  it('is run by KVM, by software or by what libvirt calls it', () => {
    expect([accelerationText(t, 'kvm'), accelerationText(t, 'qemu'), accelerationText(t, 'test')]).toEqual([
      t('machine:overview.kvm'),
      t('machine:overview.qemu'),
      'test',
    ])
  })

  it.each(['host-passthrough', 'host-model', 'maximum'] as const)('has a model of the mode %s', (mode) => {
    expect(cpuText(t, { mode, model: 'ignored', topology: null })).toContain(mode)
  })

  it('has a named model, or that of the emulator', () => {
    expect(cpuText(t, { mode: 'custom', model: 'EPYC', topology: null })).toBe('EPYC')
    expect(cpuText(t, { mode: null, model: null, topology: null })).toBe(t('machine:cpu.default'))
  })

  it('says the most only where it is more', () => {
    expect([ofMax(t, '2', '2'), ofMax(t, '2', '4')]).toEqual(['2', '2 of at most 4'])
  })
})

describe('devices', () => {
  it('are started from by kind, and by name where they carry the order', () => {
    expect(bootText(t, { kind: 'disk', target: null })).toBe('Disk')
    expect(bootText(t, { kind: 'cdrom', target: 'sda' })).toBe('CD (sda)')
  })

  it.each([
    ['user', null, 'User mode (SLIRP)'],
    ['network', 'default', 'Virtual network “default”'],
    ['bridge', 'br0', 'Bridge br0'],
    ['direct', 'eth0', 'Host device eth0 (macvtap)'],
    ['vhostuser', null, 'vhostuser'],
  ])('of type %s on %s are "%s"', (type, source, text) => expect(interfaceText(t, { type, source })).toBe(text))

  it('that are called the same are counted, in the order they came', () => {
    const port = { element: 'controller', fact: 'pci' }
    expect(countDevices([port, { element: 'rng', fact: null }, port])).toEqual([
      { element: 'controller', fact: 'pci', count: 2 },
      { element: 'rng', fact: null, count: 1 },
    ])
  })
})

describe('addresses', () => {
  const address = (mac: string | null, more: Partial<DomainAddress> = {}): DomainAddress => ({
    address: '10.0.0.1',
    prefix: 24,
    mac,
    origin: 'lease',
    ...more,
  })

  it('belong to the card with their MAC, whatever its case', () => {
    const [mine, other] = [address('52:54:00:AA:00:01'), address('52:54:00:aa:00:02')]
    expect(addressesOf([mine, other], { mac: '52:54:00:aa:00:01' }, 2)).toEqual([mine])
  })

  it('without a MAC belong to the only card there is', () => {
    expect(addressesOf([address(null)], { mac: null }, 1).length).toBe(1)
    expect(addressesOf([address(null)], { mac: null }, 2)).toEqual([])
  })

  it('say how they are known', () => {
    expect(addressText(t, address(null))).toBe(`10.0.0.1/24 (${t('cards:origin.lease')})`)
    expect(addressText(t, address(null, { prefix: null, origin: 'agent' }))).toBe(
      `10.0.0.1 (${t('cards:origin.agent')})`,
    )
  })
})

describe('a display', () => {
  const graphics = (more: Partial<DomainGraphics>): DomainGraphics => ({
    type: 'vnc',
    listen: 'address',
    address: '127.0.0.1',
    port: 5901,
    socket: null,
    hasPassword: false,
    ...more,
  })

  it.each([
    [{}, 'VNC at 127.0.0.1, port 5901'],
    [{ port: -1 }, 'VNC at 127.0.0.1'],
    [{ port: null }, 'VNC at 127.0.0.1'],
    [{ listen: 'socket' as const }, 'VNC on a private socket of this host'],
    [{ type: 'spice' as const, listen: 'none' as const }, 'SPICE, reached only through libvirt'],
    [{ address: null }, 'VNC, reached only through libvirt'],
    [{ hasPassword: true }, 'VNC at 127.0.0.1, port 5901, with a password'],
  ])('%j is "%s"', (more, text) => expect(graphicsText(t, graphics(more))).toBe(text))
})

describe('the system', () => {
  it.each([
    ['http://debian.org/debian/12', 'debian 12'],
    ['https://example.org/', 'https://example.org/'],
    ['odd', 'odd'],
  ])('%s is "%s"', (id, text) => expect(systemText(t, id)).toBe(text))

  it('that nobody knows is said to be so', () => expect(systemText(t, null)).toBe('Unknown'))
})
