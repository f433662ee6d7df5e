import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFailure } from '../../../../electron/host/failures/start.ts'
import { buildXml, element, type XmlElement } from '../../../../electron/libvirt/xml/document.ts'
import { AppError } from '../../../../shared/model/error.ts'
import { exampleUuid } from '../../examples.ts'
import { makeQcow2 } from '../qcow2.ts'
import { stubVirsh, type StubAnswer, type VirshStub } from '../virsh-stub.ts'

let stub: VirshStub
let folder: string | undefined
const place = (name: string): string => join(folder ?? '/nonexistent', name)
const target = { uri: 'qemu:///session', connection: 'c1' }
const own = exampleUuid(1)
const other = exampleUuid(2)

beforeAll(() => {
  stub = stubVirsh()
  folder = mkdtempSync(join(tmpdir(), 'vivero-failures-'))
})
afterAll(() => {
  stub.end()
  if (folder !== undefined) rmSync(folder, { recursive: true })
})

const disk = (path: string, device = 'disk', format = 'qcow2', dev = 'vda'): XmlElement =>
  element('disk', { type: 'file', device }, element('driver', { name: 'qemu', type: format }), element('source', { file: path }), element('target', { dev }))
const machine = (uuid: string, name: string, title: string | null, ...disks: readonly XmlElement[]): StubAnswer => ({
  when: `^dumpxml --domain=${uuid}`,
  print: buildXml(element('domain', { type: 'qemu' }, element('name', {}, name), element('uuid', {}, uuid), title === null ? null : element('title', {}, title), element('devices', {}, ...disks))),
})
const failed = async (error: unknown, ...answers: readonly StubAnswer[]): Promise<unknown> => {
  stub.answer(...answers)
  return startFailure(target, own, error)
}

describe('a start that failed', () => {
  it('for a CD that is gone can go on with an empty drive', async () => {
    const error = new AppError('file-missing', { path: '/gone.iso' }, 'words')
    expect(await failed(error, machine(own, 'one', null, disk('/d'), disk('/gone.iso', 'cdrom', 'raw', 'sda')))).toMatchObject({
      code: 'file-missing', detail: 'words',
      remedies: [{ name: 'empty-drive', request: { name: 'domain.change-media', input: { connection: 'c1', uuid: own, target: 'sda', path: null } } }],
    })
    expect(await failed(new AppError('file-missing', { path: '/d' }), machine(own, 'one', null, disk('/d')))).toMatchObject({ code: 'file-missing', remedies: [] })
  })

  it('for a disk that another machine has names that machine', async () => {
    writeFileSync(place('shared'), '')
    symlinkSync('shared', place('link'))
    const machines = [machine(own, 'one', null, disk(place('link'))), machine(other, 'two', 'The Second', disk(place('shared')))]
    const list: StubAnswer = { when: '^list --all --uuid', print: `${own}\n${other}\n` }
    const running: StubAnswer = { when: '^list --uuid', print: `${other}\n` }
    const locked = new AppError('locked', {}, 'lock')
    expect(await failed(locked, ...machines, list, running)).toMatchObject({
      code: 'locked-by', params: { machine: 'The Second', path: place('shared') }, remedies: [{ name: 'show-machine', open: { what: 'machine', connection: 'c1', uuid: other } }],
    })
    expect(await failed(locked, ...machines, list, { when: '^list --uuid', print: '' })).toBe(locked)
  })

  it('for a file that is no image names the file', async () => {
    execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', place('good.qcow2'), '1M'])
    writeFileSync(place('bad.qcow2'), 'x'.repeat(1000))
    const error = new AppError('file-wrong-kind', { format: 'qcow2' })
    expect(await failed(error, machine(own, 'one', null, disk(place('good.qcow2')), disk(place('bad.qcow2'), 'disk', 'qcow2', 'vdb')))).toMatchObject({
      code: 'not-an-image', params: { path: place('bad.qcow2'), format: 'qcow2' },
    })
    expect(await failed(error, machine(own, 'one', null, disk(place('good.qcow2'))))).toMatchObject({ code: 'not-an-image', params: { path: place('good.qcow2') } })
    expect(await failed(error, machine(own, 'one', null, disk('/raw', 'disk', 'raw')))).toBe(error)
  })

  it('for a file of this user’s own mode carries what mends it, as a request and as a line', async () => {
    writeFileSync(place('closed'), makeQcow2(null))
    const request = { name: 'domain.open-file', input: { connection: 'c1', uuid: own, path: place('closed') } }
    expect(await failed(new AppError('file-unreadable', { path: place('closed') }), machine(own, 'one', null, disk(place('closed'))))).toMatchObject({
      code: 'file-unreadable', remedies: [{ name: 'open-file', request }, { name: 'fix-permission', command: `chmod u+rw ${place('closed')}` }],
    })
    expect(await failed(new AppError('file-unreadable', { path: place('closed') }), machine(own, 'one', null, disk(place('closed'), 'cdrom', 'raw', 'sda')))).toMatchObject({
      remedies: [{ name: 'open-file' }, { command: `chmod u+r ${place('closed')}` }, { name: 'empty-drive' }],
    })
  })

  it('in QEMU’s own words can show its log', async () => {
    for (const code of ['start-failed', 'libvirt'] as const) {
      expect(await failed(new AppError(code, {}, 'x', [{ name: 'retry' }]))).toMatchObject({ code, remedies: [{ name: 'retry' }, { name: 'show-log', open: { what: 'machine-log', uuid: own } }] })
    }
  })

  it('is told as it was where nothing more can be found out', async () => {
    const error = new AppError('file-missing', { path: '/x' })
    expect(await failed(error, { when: '^dumpxml', fail: 'no domain with matching uuid' })).toBe(error)
    const fault = new TypeError('x')
    expect(await failed(fault)).toBe(fault)
    const simple = new AppError('already-active')
    expect(await failed(simple)).toBe(simple)
    expect(stub.calls()).toEqual([])
  })
})
