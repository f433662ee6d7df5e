import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildDomain, type DomainSpec } from '../../../../../electron/libvirt/domain/build.ts'
import { domainDefine } from '../../../../../electron/libvirt/domain/define.ts'
import { buildBalloon } from '../../../../../electron/libvirt/domain/devices/balloon.ts'
import { buildMetadata, readCreatedFiles, readLogin, readOsId } from '../../../../../electron/libvirt/domain/metadata.ts'
import { readConfig } from '../../../../../electron/libvirt/domain/read.ts'
import { attr, buildXml, child, children, childText, element, parseXml, text } from '../../../../../electron/libvirt/xml/document.ts'
import { exampleUuid } from '../../../examples.ts'
import { xmlWords } from '../../../words.ts'

const spec: DomainSpec = {
  uuid: exampleUuid(1), name: 'one', title: 'One', virtType: 'qemu', memoryKiB: 65_536, vcpus: 2, os: { arch: 'x86_64', machine: 'q35', firmware: 'bios', boot: ['hd'] },
  cpu: 'maximum', osId: null, createdFiles: [], devices: [buildBalloon()],
}
const built = (change: Partial<DomainSpec> = {}) => parseXml(buildXml(buildDomain({ ...spec, ...change })))

describe("a new machine's document", () => {
  it('is read as it was asked for', () => {
    expect(readConfig(built())).toMatchObject({
      title: 'One', virtType: 'qemu', arch: 'x86_64', machineType: 'q35', firmware: 'bios', memoryKiB: 65_536, maxMemoryKiB: 65_536, vcpus: 2, maxVcpus: 2,
      cpu: { mode: 'maximum' }, boot: [{ kind: 'disk', target: null }], others: [{ element: 'memballoon', fact: 'virtio' }],
    })
    expect(childText(built(), 'uuid')).toBe(exampleUuid(1))
  })

  it('keeps any name, title and path', () => {
    const word = xmlWords(30, 1)
    fc.assert(
      fc.property(word, word, fc.array(word, { maxLength: 3 }), (name, title, createdFiles) => {
        const domain = built({ name, title, createdFiles, osId: title })
        expect(text(child(domain, 'name'), true)).toBe(name)
        expect(text(child(domain, 'title'), true)).toBe(title)
        expect(readCreatedFiles(domain)).toEqual(createdFiles)
        expect(readOsId(domain)).toBe(title)
      }),
      { numRuns: 60 },
    )
  })

  it('has no empty title and no empty metadata', () => {
    for (const title of [null, '']) expect(child(built({ title }), 'title')).toBeUndefined()
    expect(child(built(), 'metadata')).toBeUndefined()
    expect(buildMetadata({ osId: null, createdFiles: [] })).toBeNull()
    const told = buildMetadata({ osId: null, createdFiles: [], login: 'ana & co' })
    expect(readLogin(element('domain', {}, told))).toBe('ana & co')
    expect(readLogin(element('domain'))).toBeNull()
  })

  it('switches the VMware port off where there is one', () => {
    const vmport = (machine: string) => child(built({ os: { arch: 'x86_64', machine, firmware: 'bios' } }), 'features', 'vmport')
    expect([vmport('q35'), vmport('pc'), vmport('virt')].map((el) => attr(el, 'state'))).toEqual(['off', 'off', null])
  })

  it('is local in time for Windows, with what Hyper-V gives only where KVM is', () => {
    const clock = (change: Partial<DomainSpec>) => attr(child(built(change), 'clock'), 'offset')
    expect([clock({}), clock({ windows: true })]).toEqual(['utc', 'localtime'])
    const hyperv = (change: Partial<DomainSpec>) => child(built(change), 'features', 'hyperv') !== undefined
    expect([hyperv({ windows: true, virtType: 'kvm' }), hyperv({ windows: true }), hyperv({ virtType: 'kvm' })]).toEqual([true, false, false])
    const timers = (change: Partial<DomainSpec>) => children(child(built(change), 'clock'), 'timer').map((el) => attr(el, 'name'))
    expect(timers({ windows: true, virtType: 'kvm' })).toContain('hypervclock')
    expect(timers({})).not.toContain('hypervclock')
  })

  it('is a line an element', () => {
    const lines = buildXml(buildDomain(spec)).split('\n')
    expect(lines.slice(0, 3)).toEqual(['<domain type="qemu">', '  <name>one</name>', `  <uuid>${exampleUuid(1)}</uuid>`])
    expect(lines.at(-1)).toBe('</domain>')
  })
})

describe('a definition', () => {
  const nowhere = { uri: 'test:///default', connection: 'c1' }

  it.each(['.', '..'])('of a machine named %j is refused before libvirt sees it', async (name) => {
    const document = buildXml(element('domain', {}, element('name', {}, name)))
    await expect(domainDefine(nowhere, document)).rejects.toMatchObject({ code: 'name-invalid', params: { name } })
  })

  it('of something else is refused', async () => {
    await expect(domainDefine(nowhere, '<network/>')).rejects.toMatchObject({ code: 'xml-invalid', detail: expect.stringContaining('<network>') })
    await expect(domainDefine(nowhere, 'x')).rejects.toMatchObject({ code: 'xml-invalid' })
  })
})
