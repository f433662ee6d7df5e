import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { networkAutostart, networkDefine, networkLeases, networkList } from '../../../../../electron/libvirt/network/index.ts'
import { poolDefine, poolList, poolVolumes } from '../../../../../electron/libvirt/pool/index.ts'
import { volumeCreate } from '../../../../../electron/libvirt/volume/index.ts'
import { childText, parseXml } from '../../../../../electron/libvirt/xml/document.ts'
import { exampleUuid } from '../../../examples.ts'
import { fixture } from '../../../fixtures.ts'
import { stubVirsh, type StubAnswer, type VirshStub } from '../../virsh-stub.ts'

const target = { uri: 'qemu:///system', connection: 'c1' }
const [one, two, three] = [exampleUuid(1), exampleUuid(2), exampleUuid(3)]
const lines = (...uuids: readonly string[]): string => `${uuids.join('\n')}\n\n`

let stub: VirshStub
beforeAll(() => {
  stub = stubVirsh()
})
afterAll(() => stub.end())

describe('the networks of a connection', () => {
  const networks: readonly StubAnswer[] = [
    { when: '^net-list --uuid --all$', print: lines(one, two, three) },
    { when: '^net-list --uuid$', print: lines(two) },
    { when: '^net-list --uuid --all --autostart', print: lines(one) },
    { when: '^net-list --uuid --all --persistent', print: lines(one, two) },
    { when: `^net-dumpxml --network=${one}`, print: fixture('libvirt/network/nat6.xml') },
    { when: `^net-dumpxml --network=${two}`, print: fixture('libvirt/network/isolated.xml') },
    { when: '^net-dumpxml', fail: "Network not found: no network with matching uuid 'x'" },
  ]

  it('have their flags; one that went meanwhile is left out', async () => {
    stub.answer(...networks)
    expect(await networkList(target)).toMatchObject([
      { connection: 'c1', uuid: one, name: 'nat6', kind: 'nat', active: false, autostart: true, persistent: true },
      { uuid: two, name: 'isolated', kind: 'isolated', active: true, autostart: false, persistent: true },
    ])
    expect(stub.written()).toEqual([])
  })

  it('may be none', async () => {
    stub.answer({ when: '^net-list', print: '\n' })
    expect(await networkList(target)).toEqual([])
  })

  it('that fail otherwise fail the list', async () => {
    stub.answer({ when: '^net-dumpxml', fail: 'internal error: broken' }, ...networks)
    await expect(networkList(target)).rejects.toMatchObject({ code: 'libvirt' })
  })

  it('have leases', async () => {
    stub.answer({ when: '^net-dhcp-leases', print: fixture('virsh/leases.txt') })
    expect((await networkLeases(target, one)).map((lease) => lease.address)).toEqual(['192.168.122.57', '192.168.122.58'])
  })

  it('start with the host or not', async () => {
    stub.answer()
    await networkAutostart(target, one, true)
    await networkAutostart(target, one, false)
    expect(stub.written()).toEqual([`net-autostart --network=${one}`, `net-autostart --network=${one} --disable`])
  })

  it('are the same when their line is run again: UUID and MAC stand in the document', async () => {
    stub.answer()
    const uuid = await networkDefine(target, "<network><name>n</name><bridge name='b'/><ip address='10.0.0.1'/></network>")
    const document = stub.calls()[0]?.file?.text ?? ''
    expect(childText(parseXml(document), 'uuid')).toBe(uuid)
    expect(document).toMatch(/<mac address="52:54:00(:[0-9a-f]{2}){3}"\/>/)
  })
})

describe('the pools of a connection', () => {
  it('have their flags and room', async () => {
    stub.answer(
      { when: '^pool-list --uuid --all$', print: lines(one, two) },
      { when: '^pool-list --uuid$', print: lines(one) },
      { when: '^pool-list --uuid --all --persistent', print: lines(one) },
      { when: `^pool-dumpxml --pool=${one}`, print: fixture('libvirt/storage/pool-on.xml') },
      { when: '^pool-dumpxml', fail: 'Storage pool not found: no storage pool with matching uuid' },
    )
    expect(await poolList(target)).toMatchObject([{ uuid: one, name: "pool ñ: 'x'", active: true, autostart: false, persistent: true, availableBytes: 12_631_240_704 }])
  })

  it('have volumes of any name, each once, without those that went meanwhile', async () => {
    const known = ['i-iso', 'raw-img', 'plain-qcow2', 'over-qcow2']
    const documents = known.map((name): StubAnswer => ({ when: `^vol-dumpxml.*--vol=${name.replace('-', '.')}$`, print: fixture(`libvirt/storage/volume-${name}.xml`) }))
    stub.answer(
      { when: '^pool-dumpxml', print: fixture('libvirt/storage/pool-on.xml') },
      { when: '^vol-list', print: fixture('virsh/vol-list.txt') },
      ...documents,
      { when: '^vol-dumpxml.*--vol=new\nline$', print: fixture('libvirt/storage/volume-newline.xml') },
      { when: '^vol-dumpxml', fail: "Storage volume not found: no storage vol with matching name 'x'" },
    )
    const volumes = await poolVolumes(target, one, false)
    expect(volumes.map((volume) => volume.name).toSorted()).toEqual(['i.iso', 'new\nline', 'over.qcow2', 'plain.qcow2', 'raw.img'])
    expect(stub.calls().some((call) => call.words[0] === 'pool-refresh')).toBe(false)
    await poolVolumes(target, one, true)
    expect(stub.calls().some((call) => call.words[0] === 'pool-refresh')).toBe(true)
  })

  it('that are off have no volumes to show', async () => {
    stub.answer({ when: '^pool-dumpxml', print: fixture('libvirt/storage/pool-off.xml') }, { when: '^vol-list', fail: "Requested operation is not valid: storage pool 'p' is not active" })
    await expect(poolVolumes(target, one, false)).rejects.toMatchObject({ code: 'pool-inactive', params: { pool: 'p' } })
  })

  it('are defined with a UUID of ours', async () => {
    stub.answer()
    const uuid = await poolDefine(target, { name: 'p', path: '/a b' })
    expect(stub.calls()[0]?.file?.text).toContain(`<uuid>${uuid}</uuid>`)
  })
})

describe('a new volume', () => {
  it('answers its path, whatever its name', async () => {
    stub.answer({ when: '^vol-dumpxml', print: fixture('libvirt/storage/volume-newline.xml') })
    expect(await volumeCreate(target, one, { name: 'new\nline', format: 'qcow2', capacityBytes: 1 })).toBe('/home/aula/pool ñ/new\nline')
    expect(stub.calls().map((call) => call.words.slice(0, 2))).toEqual([['vol-create', `--pool=${one}`], ['vol-dumpxml', `--pool=${one}`]])
  })
})
