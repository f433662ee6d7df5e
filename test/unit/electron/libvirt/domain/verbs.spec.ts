import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readDiskErrors } from '../../../../../electron/libvirt/domain/disk-errors.ts'
import { domainAddVnc, domainChangeMedia, domainDefine, domainEdit, domainGet, domainList, domainRemoveVnc, domainSave, domainScreenshot, domainStart, domainSummary, domainUndefine, domainUuidOf, domainXml } from '../../../../../electron/libvirt/domain/index.ts'
import { readStates } from '../../../../../electron/libvirt/domain/state.ts'
import { child, children, parseXml, attr } from '../../../../../electron/libvirt/xml/document.ts'
import { until } from '../../../../harness/poll.ts'
import { exampleUuid } from '../../../examples.ts'
import { fixture } from '../../../fixtures.ts'
import { stubVirsh, type StubAnswer, type VirshStub } from '../../virsh-stub.ts'

const target = { uri: 'qemu:///system', connection: 'c1' }
const rich = '3f9d0c1e-6f0b-4c58-9c0f-0d7c5f5b1a01'
const uefi = '3f9d0c1e-6f0b-4c58-9c0f-0d7c5f5b1a02'

let stub: VirshStub
beforeAll(() => {
  stub = stubVirsh()
})
afterAll(() => stub.end())

/** A running machine with everything, and one that is off. */
const libvirt = (...more: readonly StubAnswer[]): void =>
  stub.answer(
    ...more,
    { when: '^list --all --uuid$', print: `${rich}\n${uefi}\n` },
    { when: '^list --all --uuid --id --name', print: `${rich} 1 rich & "full"\n${uefi} - uefi\n` },
    { when: '^list --all --uuid --(persistent|autostart)', print: `${rich}\n${uefi}\n` },
    { when: `^dumpxml --domain=${rich} --inactive --security-info`, print: fixture('libvirt/domain/rich-config.xml') },
    { when: `^dumpxml --domain=${rich} --inactive`, print: fixture('libvirt/domain/rich-config.xml') },
    { when: `^dumpxml --domain=${rich}`, print: fixture('libvirt/domain/rich-live.xml') },
    { when: `^dumpxml --domain=${uefi}`, print: fixture('libvirt/domain/uefi-config.xml') },
    { when: '^dumpxml', fail: "Domain not found: no domain with matching uuid 'x'" },
    { when: `^domstats.*${rich}`, print: fixture('virsh/state-running.txt') },
    { when: `^domstats.*${uefi}`, print: fixture('virsh/state-destroyed.txt') },
    { when: '^domstats --raw --state$', print: `${fixture('virsh/state-running.txt')}\n${fixture('virsh/state-destroyed.txt').replace('rich & "full"', 'uefi')}` },
    { when: '^domstats', print: '' },
    { when: '^net-dhcp-leases', print: fixture('virsh/leases.txt') },
    { when: '^net-dumpxml --network=default', print: fixture('libvirt/network/default.xml') },
    { when: '^net-list --uuid$', print: '3e37f450-ddae-4f43-8ee4-ebf536cf2c56\n' },
    { when: '^snapshot-list', print: 'one\ntwo\n\n' },
  )

describe('reading machines', () => {
  it('gives each with its state, flags and addresses', async () => {
    libvirt()
    const [first, second] = await domainList(target)
    expect(first).toMatchObject({ uuid: rich, name: 'rich & "full"', state: 'running', autostart: true, saved: false, addresses: [{ address: '192.168.122.57', origin: 'lease' }, { origin: 'expected' }] })
    expect(second).toMatchObject({ uuid: uefi, name: 'uefi', state: 'shutoff', addresses: [] })
    expect(stub.written()).toEqual([])
  })

  it('gives no lease of a network that is off, of which libvirt tells on', async () => {
    libvirt({ when: '^net-list --uuid$', print: '\n' })
    expect((await domainGet(target, rich)).addresses.filter((one) => one.origin === 'lease')).toEqual([])
  })

  it('leaves out one that went meanwhile', async () => {
    libvirt({ when: `^dumpxml --domain=${rich}`, fail: 'Domain not found: no domain with matching uuid' })
    expect((await domainList(target)).map((one) => one.uuid)).toEqual([uefi])
    await expect(domainSummary(target, rich)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('of many takes their states in one answer', () => {
    const states = readStates(`${fixture('virsh/state-running.txt')}\n${fixture('virsh/state-destroyed.txt').replace('rich & "full"', "it's")}`)
    expect([...states]).toEqual([['rich & "full"', { state: 'running', reason: 'booted' }], ["it's", { state: 'shutoff', reason: 'destroyed' }]])
  })

  it('of one gives all that its page shows', async () => {
    libvirt()
    expect(await domainGet(target, rich)).toMatchObject({ uuid: rich, snapshots: 2, pending: [], live: { memoryKiB: 131_072 }, config: { memoryKiB: 98_304 } })
    expect(await domainGet(target, uefi)).toMatchObject({ live: null, config: { firmware: 'uefi' }, pending: [] })
    await expect(domainGet(target, exampleUuid(9))).rejects.toMatchObject({ code: 'not-found' })
  })

  it('gives its live document only while it runs', async () => {
    libvirt()
    expect(await domainXml(target, rich, 'live')).toBe(fixture('libvirt/domain/rich-live.xml'))
    expect(await domainXml(target, rich, 'config')).toBe(fixture('libvirt/domain/rich-config.xml'))
    await expect(domainXml(target, uefi, 'live')).rejects.toMatchObject({ code: 'not-active' })
  })

  it('finds one by its name', async () => {
    libvirt({ when: '^domuuid --domain=one$', print: `${rich}\n\n` }, { when: '^domuuid', fail: "failed to get domain 'x'" })
    expect(await domainUuidOf(target, 'one')).toBe(rich)
    expect(await domainUuidOf(target, 'none')).toBeNull()
  })
})

describe('removing a definition', () => {
  it('takes NVRAM along only where there is firmware', async () => {
    libvirt()
    await domainUndefine(target, rich)
    await domainUndefine(target, uefi)
    expect(stub.written()).toEqual([`undefine --domain=${rich} --managed-save --snapshots-metadata`, `undefine --domain=${uefi} --managed-save --snapshots-metadata --nvram`])
  })

  it('takes checkpoints along where there are some', async () => {
    libvirt({ when: '^checkpoint-list', print: 'one\n' })
    await domainUndefine(target, rich)
    expect(stub.written().at(-1)).toContain('--checkpoints-metadata')
  })

  it('does without what a driver does not know', async () => {
    libvirt({ when: '^undefine.*--managed-save', fail: 'unsupported flags (0x14) in function testDomainUndefineFlags' })
    await domainUndefine(target, rich)
    expect(stub.written().at(-1)).toBe(`undefine --domain=${rich}`)
  })

  it('fails with what is wrong', async () => {
    libvirt({ when: '^undefine', fail: 'something else' })
    await expect(domainUndefine(target, rich)).rejects.toMatchObject({ code: 'libvirt' })
    expect(stub.written().filter((line) => line.startsWith('undefine'))).toHaveLength(1)
  })
})

describe('defining', () => {
  it('gives the document a UUID and answers it', async () => {
    libvirt()
    const uuid = await domainDefine(target, "<domain type='qemu'><name>one</name></domain>")
    const [call] = stub.calls()
    expect(call?.words.slice(0, 2)).toEqual(['define', '--validate'])
    expect(call?.file?.text).toContain(`<uuid>${uuid}</uuid>`)
  })
})

describe('editing', () => {
  it('reaches what runs and what is kept', async () => {
    libvirt()
    await domainEdit(target, rich, { title: '-x "ñ"', autostart: false })
    expect(stub.written()).toEqual([`desc --domain=${rich} --live --config --title --new-desc=-x "ñ"`, `autostart --domain=${rich} --disable`])
    libvirt()
    await domainEdit(target, uefi, { description: 'a\nb' })
    expect(stub.written()).toEqual([`desc --domain=${uefi} --config --new-desc=a\nb`])
  })

  it('takes words away without being asked for them', async () => {
    libvirt()
    await domainEdit(target, uefi, { title: null, description: '  ' })
    expect(stub.written()).toEqual([`desc --domain=${uefi} --config --title --edit`, `desc --domain=${uefi} --config --edit`])
  })

  it('of a machine that is not kept reaches what runs alone', async () => {
    libvirt({ when: '--persistent', print: '' })
    await domainEdit(target, rich, { title: 'x' })
    expect(stub.written()).toEqual([`desc --domain=${rich} --live --title --new-desc=x`])
  })
})

describe('a drive', () => {
  const change = (drive: string, path: string | null) => domainChangeMedia(target, rich, drive, path)

  it('gets another medium, now and for the next start', async () => {
    libvirt()
    await change('sda', '/a b.iso')
    expect(stub.written()).toEqual([`change-media --domain=${rich} --path=sda --update --source=/a b.iso --live --config`])
  })

  it('is emptied only where there is something in it', async () => {
    libvirt()
    await change('sda', null)
    await change('sdb', null)
    expect(stub.written()).toEqual([`change-media --domain=${rich} --path=sda --eject --live --config`])
  })

  it('that the guest has locked is overruled', async () => {
    libvirt({ when: '--force', print: '' }, { when: '^change-media', fail: "unable to execute QEMU command 'blockdev-remove-medium': Tray of device 'ide0-1-0' is not open" })
    await change('sda', null)
    expect(stub.written().at(-1)).toMatch(/--eject --live --config --force$/)
  })

  it('that is no drive, or not there, is not found', async () => {
    libvirt()
    await expect(change('vda', '/x.iso')).rejects.toMatchObject({ code: 'not-found', params: { name: 'vda' } })
    await expect(change('sdz', null)).rejects.toMatchObject({ code: 'not-found' })
    expect(stub.written()).toEqual([])
  })
})

describe('a start that a stopped network keeps from happening', () => {
  it('carries the request that starts the network', async () => {
    libvirt({ when: '^start', fail: "Requested operation is not valid: network 'nat' is not active" }, { when: '^net-uuid --network=nat', print: `${exampleUuid(5)}\n` })
    await expect(domainStart(target, rich)).rejects.toMatchObject({
      code: 'network-inactive', remedies: [{ name: 'start-network', request: { name: 'network.start', input: { connection: 'c1', uuid: exampleUuid(5) } } }],
    })
  })
})

describe('saving', () => {
  it('tells its percents', async () => {
    libvirt({ when: '^managedsave', warn: '\rManagedsave: [ 12 %]\rManagedsave: [100 %]' })
    const percents: number[] = []
    await domainSave(target, rich, { onProgress: (percent) => percents.push(percent) })
    expect(percents.at(-1)).toBe(100)
  })

  it('that is cancelled is told to libvirt, and fails as cancelled', async () => {
    libvirt({ when: '^managedsave', fail: 'operation aborted: domain save job: canceled by client' })
    const stop = new AbortController()
    stop.abort()
    await expect(domainSave(target, rich, { signal: stop.signal })).rejects.toMatchObject({ code: 'cancelled' })
    expect(stub.calls()).toEqual([])
    const later = new AbortController()
    const saving = domainSave(target, rich, { signal: later.signal })
    later.abort()
    await expect(saving).rejects.toMatchObject({ code: 'cancelled' })
    await until('the word to libvirt', 5_000, () => (stub.written().includes(`domjobabort --domain=${rich}`) ? true : undefined))
  })

  it('that fails by itself says why', async () => {
    libvirt({ when: '^managedsave', fail: "Requested operation is not valid: domain is not running" })
    await expect(domainSave(target, rich)).rejects.toMatchObject({ code: 'not-active' })
  })
})

describe('a picture of the screen', () => {
  it('of a machine without one is none', async () => {
    libvirt({ when: '^screenshot', fail: 'unsupported configuration: no screens to take' })
    await expect(domainScreenshot(target, rich)).rejects.toMatchObject({ code: 'no-display' })
  })
})

describe('a VNC display', () => {
  const graphics = (text: string | undefined) => children(child(parseXml(text ?? '<domain/>'), 'devices'), 'graphics')
  const spice = fixture('libvirt/domain/rich-config.xml').replace(/ *<graphics type='vnc'[\s\S]*?<\/graphics>\n/, '')

  it('comes beside what a machine has, and nothing else changes', async () => {
    libvirt({ when: `^dumpxml --domain=${rich} --inactive --security-info`, print: spice })
    await domainAddVnc(target, rich)
    const defined = stub.calls().find((call) => call.words[0] === 'define')?.file?.text
    expect(graphics(defined).map((one) => attr(one, 'type'))).toEqual(['spice', 'vnc'])
    expect(attr(graphics(defined)[1], 'passwd')).toMatch(/^\w{8}$/)
    expect(child(parseXml(defined ?? ''), 'qemu:commandline')).toBeDefined()
  })

  it('in a session is a socket of this user’s, without a password', async () => {
    libvirt({ when: `^dumpxml --domain=${rich} --inactive --security-info`, print: spice })
    await domainAddVnc({ ...target, uri: 'qemu:///session' }, rich)
    const [, vnc] = graphics(stub.calls().find((call) => call.words[0] === 'define')?.file?.text)
    expect([attr(child(vnc, 'listen'), 'type'), attr(vnc, 'passwd')]).toEqual(['socket', null])
  })

  it('that is there already, or the only one, stays', async () => {
    libvirt()
    await domainAddVnc(target, rich)
    const alone = fixture('libvirt/domain/rich-config.xml').replace(/ *<graphics type='spice'[\s\S]*?<\/graphics>\n/, '')
    libvirt({ when: `^dumpxml --domain=${rich} --inactive --security-info`, print: alone })
    await domainRemoveVnc(target, rich)
    expect(stub.written()).toEqual([])
  })

  it('goes where another stays', async () => {
    libvirt()
    await domainRemoveVnc(target, rich)
    expect(graphics(stub.calls().find((call) => call.words[0] === 'define')?.file?.text).map((one) => attr(one, 'type'))).toEqual(['spice'])
  })

  it('of a machine that is not kept cannot change', async () => {
    libvirt({ when: '--persistent', print: '' })
    await expect(domainRemoveVnc(target, rich)).rejects.toMatchObject({ code: 'not-persistent' })
  })
})

describe('errors of disks', () => {
  it('are read as virsh prints them', () => {
    expect(readDiskErrors('vda: no space\nvdb: unspecified error\n\n')).toEqual([{ disk: 'vda', kind: 'no-space' }, { disk: 'vdb', kind: 'other' }])
    expect(readDiskErrors('No errors found\n')).toEqual([])
  })
})
