import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { deleteMachine, deletionFiles } from '../../../../electron/create/delete.ts'
import { imagesAbove } from '../../../../electron/create/images-above.ts'
import { buildMetadata } from '../../../../electron/libvirt/domain/metadata.ts'
import { buildXml, element, type XmlElement } from '../../../../electron/libvirt/xml/document.ts'
import type { LoggedCommand } from '../../../../shared/model/command.ts'
import { exampleUuid } from '../../examples.ts'
import { makeQcow2 } from '../qcow2.ts'
import { stubVirsh, type StubAnswer, type VirshStub } from '../virsh-stub.ts'

let stub: VirshStub
let folder: string | undefined
const place = (...names: string[]): string => join(folder ?? '/nonexistent', ...names)
const noted: Omit<LoggedCommand, 'id'>[] = []
const target = { uri: 'qemu:///session', connection: 'c1', log: (entry: Omit<LoggedCommand, 'id'>) => void noted.push(entry) }

beforeAll(() => {
  stub = stubVirsh()
})
afterAll(() => stub.end())
beforeEach(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true })
  folder = mkdtempSync(join(tmpdir(), 'vivero-delete-'))
  noted.length = 0
})
afterAll(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true })
})

const put = (name: string, content: string | Uint8Array = 'x'.repeat(10_000)): string => {
  mkdirSync(dirname(place(name)), { recursive: true })
  writeFileSync(place(name), content)
  return place(name)
}

interface Machine {
  readonly number: number
  readonly disks?: readonly XmlElement[]
  readonly created?: readonly string[]
  readonly nvram?: string
  readonly id?: number
}
const disk = (path: string, device = 'disk', ...more: readonly XmlElement[]): XmlElement => element('disk', { type: 'file', device }, element('source', { file: path }), ...more)
const xmlOf = ({ number, disks = [], created = [], nvram, id }: Machine): string =>
  buildXml(
    element('domain', { type: 'qemu', id }, element('name', {}, `m${number}`), element('uuid', {}, exampleUuid(number)), buildMetadata({ osId: null, createdFiles: created }),
      nvram === undefined ? null : element('os', {}, element('nvram', {}, nvram)), element('devices', {}, ...disks)),
  )
const pool = exampleUuid(200)

/** These machines, and a pool of the folder "pool" with these volumes and their bases. */
function libvirt(machines: readonly Machine[], volumes: Readonly<Record<string, string | null>> = {}, ...more: readonly StubAnswer[]): void {
  const row = (name: string): string => ` ${name}   ${place('pool', name)}\n`
  const volume = (name: string, base: string | null): string =>
    `<volume><name>${name}</name><allocation>7</allocation><target><path>${place('pool', name)}</path></target>${base === null ? '' : `<backingStore><path>${base}</path></backingStore>`}</volume>`
  stub.answer(
    ...more,
    { when: '^list --all --uuid$', print: machines.map(({ number }) => `${exampleUuid(number)}\n`).join('') },
    ...machines.map((machine) => ({ when: `^dumpxml --domain=${exampleUuid(machine.number)}`, print: xmlOf(machine) })),
    { when: '^dumpxml', fail: 'Domain not found: no domain with matching uuid' },
    { when: '^pool-list', print: `${pool}\n` },
    { when: '^pool-dumpxml', print: `<pool type='dir'><name>p</name><target><path>${place('pool')}</path></target></pool>` },
    { when: '^vol-list', print: Object.keys(volumes).map(row).join('') },
    ...Object.entries(volumes).map(([name, base]) => ({ when: `^vol-dumpxml.*--vol=${name.replaceAll('.', '\\.')}$`, print: volume(name, base) })),
  )
}

const ticks = async (number: number): Promise<string[]> =>
  (await deletionFiles(target, exampleUuid(number))).map(({ path, ticked, allowed, reason, usedBy }) =>
    [ticked ? '[x]' : allowed ? '[ ]' : ' - ', path.slice(place().length + 1), reason, ...usedBy].join(' '),
  )

describe('the files of a machine', () => {
  it('are ticked where they were made for it, and nobody else uses them', async () => {
    libvirt([{ number: 1, disks: [disk(put('made')), disk(put('own')), disk(put('cd.iso'), 'cdrom', element('readonly')), disk(put('shared'), 'disk', element('shareable'))], created: [place('made')] }])
    expect(await ticks(1)).toEqual(['[x] made made-for-this', '[ ] own was-there-before', '[ ] cd.iso read-only', '[ ] shared read-only'])
  })

  it('may not go where another machine uses them, by whatever way it names them', async () => {
    put('disk')
    symlinkSync('disk', place('link'))
    libvirt([{ number: 1, disks: [disk(place('disk'))], created: [place('disk')] }, { number: 2, disks: [disk(place('link'), 'cdrom')] }])
    expect(await ticks(1)).toEqual([' -  disk used-by m2'])
  })

  it('may not go where a machine or an image stands on them', async () => {
    put('base', makeQcow2(null))
    put('top', makeQcow2('base'))
    libvirt([{ number: 1, disks: [disk(place('base'))], created: [place('base')] }, { number: 2, disks: [disk(place('top'))] }])
    expect(await ticks(1)).toEqual([' -  base base-of m2 top'])
    libvirt([{ number: 1, disks: [disk(place('base'))] }])
    expect(await ticks(1)).toEqual([' -  base base-of top'])
  })

  it('may not go where libvirt knows of a volume on them that this user cannot read', async () => {
    put('pool/base')
    libvirt([{ number: 1, disks: [disk(place('pool', 'base'))], created: [place('pool', 'base')] }], { base: null, over: place('pool', 'base') })
    expect(await ticks(1)).toEqual([' -  pool/base base-of over'])
  })

  it('that are gone say so, a volume that only libvirt sees does not', async () => {
    libvirt([{ number: 1, disks: [disk(place('gone')), disk(place('pool', 'hidden.qcow2'))], created: [place('gone'), place('pool', 'hidden.qcow2')] }], { 'hidden.qcow2': null })
    expect(await ticks(1)).toEqual([' -  gone missing', '[x] pool/hidden.qcow2 made-for-this'])
    expect((await deletionFiles(target, exampleUuid(1)))[1]).toMatchObject({ sizeBytes: 7 })
  })

  it('include its NVRAM, and what was made for it and then detached; but no base and no kernel', async () => {
    put('detached')
    libvirt([{ number: 1, disks: [element('disk', {}, element('source', { file: put('top') }), element('backingStore', {}, element('source', { file: put('base') })))], nvram: put('nvram'), created: [place('detached')] }])
    expect((await ticks(1)).toSorted()).toEqual(['[ ] top was-there-before', '[x] detached made-for-this', '[x] nvram made-for-this'])
  })

  it('have the size that they take on the disk', async () => {
    truncateSync(put('sparse', ''), 1024 ** 3)
    libvirt([{ number: 1, disks: [disk(put('small')), disk(place('sparse'))] }])
    const [small, sparse] = await deletionFiles(target, exampleUuid(1))
    expect(small?.sizeBytes).toBeGreaterThanOrEqual(10_000)
    expect(sparse?.sizeBytes).toBeLessThan(1024 ** 2)
  })

  it('of a machine that is gone are not found', async () => {
    libvirt([])
    await expect(deletionFiles(target, exampleUuid(1))).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('deleting', () => {
  const remove = (...names: string[]) => deleteMachine(target, exampleUuid(1), names.map((name) => place(name)))

  it('removes the machine and the files that were chosen, in a pool by libvirt, else by hand', async () => {
    libvirt([{ number: 1, disks: [disk(put('pool/one')), disk(put('two')), disk(put('three'))], created: [place('pool', 'one'), place('two')] }], { one: null })
    expect(await remove('pool/one', 'two')).toEqual({ removed: [place('pool', 'one'), place('two')], kept: [] })
    expect(stub.written().at(-1)).toBe(`vol-delete --vol=${place('pool', 'one')}`)
    expect([existsSync(place('two')), existsSync(place('three'))]).toEqual([false, true])
    expect(noted.map(({ line, ok }) => [ok, line.split(' ')[0]])).toContainEqual([true, 'rm'])
  })

  it('keeps what it may not remove, and what is none of its files', async () => {
    put('stranger')
    libvirt([{ number: 1, disks: [disk(put('used'))], created: [place('used')] }, { number: 2, disks: [disk(place('used'))] }])
    expect(await remove('used', 'stranger', 'stranger')).toEqual({ removed: [], kept: [{ path: place('used'), reason: 'used-by' }, { path: place('stranger'), reason: 'not-found' }] })
    expect([existsSync(place('used')), existsSync(place('stranger'))]).toEqual([true, true])
  })

  it('says which file resisted, after the machine is gone', async () => {
    libvirt([{ number: 1, disks: [disk(put('pool/one'))] }], { one: null }, { when: '^vol-delete', fail: "cannot unlink file '/x': Permission denied" })
    expect(await remove('pool/one')).toEqual({ removed: [], kept: [{ path: place('pool', 'one'), reason: 'permission-denied' }] })
    expect(stub.written()[0]).toMatch(/^undefine/)
  })

  it('touches no file where libvirt keeps the machine', async () => {
    libvirt([{ number: 1, disks: [disk(put('one'))] }], {}, { when: '^undefine', fail: 'internal error: cannot' })
    await expect(remove('one')).rejects.toMatchObject({ code: 'libvirt' })
    expect(existsSync(place('one'))).toBe(true)
  })

  it('refuses a machine that is on', async () => {
    libvirt([{ number: 1, id: 3, disks: [disk(put('one'))] }])
    await expect(remove('one')).rejects.toMatchObject({ code: 'in-use', params: { name: 'm1' } })
    expect(stub.written()).toEqual([])
    expect(existsSync(place('one'))).toBe(true)
  })
})

describe('images above a file', () => {
  it('are found in its folder and among the volumes, by the file they mean', async () => {
    put('base', makeQcow2(null))
    put('over', makeQcow2('link'))
    symlinkSync('base', place('link'))
    put('alone', makeQcow2(null))
    put('other', makeQcow2('elsewhere'))
    const volume = (path: string, backingPath: string | null) => ({ path, backingPath, allocationBytes: 1 })
    expect((await imagesAbove(place('base'), [volume('/pool/far', place('base')), volume('/pool/near', 'base'), volume(place('base'), place('base'))])).toSorted()).toEqual(['far', 'over'])
    expect(await imagesAbove(place('alone'), [])).toEqual([])
    expect(await imagesAbove('/nonexistent/x', [])).toEqual([])
  })
})
