import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitTopology, patchDescription, patchMaxMemory, patchMaxVcpus, patchMemory, patchVcpus } from '../../../../../electron/libvirt/domain/patch.ts'
import { copyBoot, copyCpu, copyDevice, copyDevices, copyFirmware } from '../../../../../electron/libvirt/domain/pending/copy.ts'
import { pendingChanges } from '../../../../../electron/libvirt/domain/pending/changes.ts'
import { readConfig } from '../../../../../electron/libvirt/domain/read.ts'
import { buildXml, child, children, cloneXml, parseXml, remove, setAttr, type XmlElement } from '../../../../../electron/libvirt/xml/document.ts'
import { document } from '../../../fixtures.ts'

const uuid = '3f9d0c1e-6f0b-4c58-9c0f-0d7c5f5b1a01'
const live = document('domain/rich-live.xml')
const stored = (): XmlElement => document('domain/rich-config.xml')
const pendingOf = (domain: XmlElement) => pendingChanges({ uuid, live: readConfig(live), config: readConfig(domain) }).map(({ field }) => field)
const patched = (xml: string, change: (domain: XmlElement) => void): string => {
  const domain = parseXml(xml)
  change(domain)
  return buildXml(domain)
}
const devicesOf = (domain: XmlElement, tag: string) => children(child(domain, 'devices'), tag)

describe('memory and processors of a document', () => {
  const sizes = (domain: XmlElement) => {
    const { memoryKiB, maxMemoryKiB, vcpus, maxVcpus } = readConfig(domain)
    return { memoryKiB, maxMemoryKiB, vcpus, maxVcpus }
  }

  it('never have more now than at most, whatever is set, and in whichever order', () => {
    const verb = fc.constantFrom(patchMemory, patchMaxMemory)
    fc.assert(
      fc.property(fc.array(fc.tuple(verb, fc.integer({ min: 1, max: 2 ** 40 })), { maxLength: 5 }), (steps) => {
        const domain = parseXml("<domain><name>x</name><memory unit='GiB'>1</memory></domain>")
        for (const [step, kib] of steps) {
          step(domain, kib)
          expect(step === patchMemory ? sizes(domain).memoryKiB : sizes(domain).maxMemoryKiB).toBe(kib)
          expect(sizes(domain).memoryKiB).toBeLessThanOrEqual(sizes(domain).maxMemoryKiB)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('processors likewise, with a topology that fits', () => {
    const verb = fc.constantFrom(patchVcpus, patchMaxVcpus)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.array(fc.tuple(verb, fc.integer({ min: 1, max: 300 })), { minLength: 1, maxLength: 5 }), (threads, steps) => {
        const domain = parseXml(`<domain><vcpu current='1'>${2 * threads}</vcpu><vcpus><vcpu id='0'/></vcpus><cpu><topology sockets='1' dies='1' cores='2' threads='${threads}'/></cpu></domain>`)
        for (const [step, count] of steps) step(domain, count)
        fitTopology(domain)
        const { vcpus, maxVcpus, cpu } = readConfig(domain)
        expect(vcpus).toBeLessThanOrEqual(maxVcpus)
        expect(cpu.topology && cpu.topology.sockets * cpu.topology.cores * cpu.topology.threads).toBe(maxVcpus)
        expect(child(domain, 'vcpus')).toBeUndefined()
      }),
      { numRuns: 200 },
    )
  })

  it('keep a unit that was another, and everything beside them', () => {
    expect(patched("<domain><memory unit='GiB'>1</memory><vcpu placement='static'>2</vcpu><x/></domain>", (domain) => {
      patchMemory(domain, 2048)
      patchVcpus(domain, 1)
    })).toBe('<domain><memory unit="GiB">1</memory><currentMemory unit="KiB">2048</currentMemory><vcpu placement="static" current="1">2</vcpu><x/></domain>')
  })

  it('are not divided anew among NUMA cells', () => {
    const numa = "<domain><memory unit='KiB'>1024</memory><cpu><numa><cell memory='1024' unit='KiB'/></numa></cpu></domain>"
    expect(() => patched(numa, (domain) => patchMaxMemory(domain, 2048))).toThrowError(expect.objectContaining({ code: 'unsupported' }))
    expect(patched(numa, (domain) => patchMemory(domain, 512))).toContain('<currentMemory unit="KiB">512<')
  })

  it('title and description stand where libvirt has them, and go', () => {
    const xml = patched('<domain><name>a</name><uuid>u</uuid></domain>', (domain) => {
      patchDescription(domain, 'description', 'two\nlines')
      patchDescription(domain, 'title', '<1>')
    })
    expect(xml).toContain('<uuid>u</uuid><title>&lt;1&gt;</title><description>two\nlines</description>')
    expect(patched(xml, (domain) => patchDescription(domain, 'title', null))).not.toContain('title')
  })
})

describe('taking back what waits for the next start', () => {
  it.each<[string, (domain: XmlElement) => void, readonly string[], (domain: XmlElement) => void]>([
    ['a disk that goes', (next) => void remove(devicesOf(next, 'disk')[0] ? child(next, 'devices') ?? next : next, devicesOf(next, 'disk')[0] ?? next), ['boot', 'disk:vda'], (next) => {
      copyDevice(next, live, 'disk:vda')
      copyBoot(next, live)
    }],
    ['another CD', (next) => {
      for (const disk of devicesOf(next, 'disk').slice(1, 2)) for (const source of children(disk, 'source')) setAttr(source, 'file', '/b.iso')
    }, ['disk:sda'], (next) => copyDevice(next, live, 'disk:sda')],
    ['a card on another network', (next) => {
      for (const source of children(devicesOf(next, 'interface')[0], 'source')) setAttr(source, 'network', 'other')
    }, ['interface:52:54:00:aa:00:01'], (next) => copyDevice(next, live, 'interface:52:54:00:aa:00:01')],
    ['a card that goes', (next) => {
      const devices = child(next, 'devices')
      const [card] = devicesOf(next, 'interface')
      if (devices && card) remove(devices, card)
    }, ['interface:52:54:00:aa:00:01'], (next) => copyDevice(next, live, 'interface:52:54:00:aa:00:01')],
    ['a display that goes', (next) => {
      const devices = child(next, 'devices')
      const [display] = devicesOf(next, 'graphics')
      if (devices && display) remove(devices, display)
    }, ['graphics'], (next) => copyDevices(next, live, 'graphics')],
    ['a sound card that goes', (next) => {
      const devices = child(next, 'devices')
      const [sound] = devicesOf(next, 'sound')
      if (devices && sound) remove(devices, sound)
    }, ['devices:sound'], (next) => copyDevices(next, live, 'sound')],
    ['the boot order', (next) => {
      for (const disk of devicesOf(next, 'disk')) for (const boot of children(disk, 'boot')) remove(disk, boot)
    }, ['boot'], (next) => copyBoot(next, live)],
    ['the CPU', (next) => {
      const cpu = child(next, 'cpu')
      if (cpu) setAttr(cpu, 'mode', 'host-passthrough')
    }, ['cpu'], (next) => copyCpu(next, live)],
    ['the firmware', (next) => {
      const os = child(next, 'os')
      if (os) setAttr(os, 'firmware', 'efi')
    }, ['firmware'], (next) => copyFirmware(next, live)],
  ])('%s', (_what, change, fields, back) => {
    const next = stored()
    patchMemory(next, 131_072)
    const before = cloneXml(next)
    change(next)
    expect(pendingOf(next)).toEqual(fields)
    back(next)
    expect(pendingOf(next)).toEqual([])
    // what belongs to the run alone does not get into the stored document
    for (const word of ['alias name', 'vnet0', 'portid', 'backingStore', '/domain-1-', "index='2'", 'index="2"', '/dev/pts']) {
      expect(buildXml(next).split(word).length).toBe(buildXml(before).split(word).length)
    }
  })

  it('gives a device that was taken away its slot again, unless another has it by now', () => {
    const next = stored()
    const devices = child(next, 'devices')
    const [card, other] = devicesOf(next, 'interface')
    if (!devices || !card || !other) throw new Error('no cards')
    remove(devices, card)
    copyDevice(next, live, 'interface:52:54:00:aa:00:01')
    expect(child(devicesOf(next, 'interface')[1], 'address')?.attributes['bus']).toBe('0x03')
    remove(devices, devicesOf(next, 'interface')[1] ?? card)
    const slot = child(other, 'address')
    if (slot) setAttr(slot, 'bus', '0x03')
    copyDevice(next, live, 'interface:52:54:00:aa:00:01')
    expect(child(devicesOf(next, 'interface')[1], 'address')).toBeUndefined()
  })
})
