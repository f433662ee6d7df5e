import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Interrupted, type InterruptedDependencies } from '../../../../electron/host/interrupted.ts'
import type { Taken } from '../../../../electron/create/take-back.ts'
import { isCode } from '../../../../electron/libvirt/errors.ts'
import { AppError } from '../../../../shared/model/error.ts'
import type { Job } from '../../../../shared/model/job.ts'
import { exampleUuid } from '../../examples.ts'
import { stubVirsh, type StubAnswer, type VirshStub } from '../virsh-stub.ts'

let stub: VirshStub
const before = process.env['XDG_STATE_HOME']
beforeAll(() => {
  stub = stubVirsh()
  process.env['XDG_STATE_HOME'] = stub.folder
})
afterAll(() => {
  if (before === undefined) delete process.env['XDG_STATE_HOME']
  else process.env['XDG_STATE_HOME'] = before
  stub.end()
})

const journals = (): string => join(stub.folder, 'vivero', 'creations')
const disk = (): string => join(stub.folder, 'images', 'one.qcow2')
const id = exampleUuid(7)
const poolUuid = exampleUuid(8)
const machine = exampleUuid(9)

beforeEach(() => {
  for (const folder of [journals(), join(stub.folder, 'images')]) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
  }
  writeFileSync(disk(), 'half')
})

const A_MINUTE = 60_000
const made = (): Taken[] => [
  { undo: { kind: 'remove-file', path: disk() }, pool: null },
  { undo: { kind: 'virsh', args: ['pool-refresh', '--pool=default'] }, pool: null },
  { undo: { kind: 'virsh', args: ['pool-destroy', '--pool=default'] }, pool: 'default' },
  { undo: { kind: 'end-pool', args: ['pool-undefine', `--pool=${poolUuid}`], option: `--pool=${poolUuid}` }, pool: 'default' },
]

/** What a creation noted that began and was found broken off so many milliseconds from now. */
function broken(from = -A_MINUTE, to = A_MINUTE): void {
  const time = (shift: number): string => new Date(Date.now() + shift).toISOString()
  const title = { key: 'jobs:kind.create-machine', params: { name: 'one' } }
  const record = { version: 1, owner: '1@0', uri: 'qemu:///session', connection: 'session', kind: 'create-machine', title, machine, startedAt: time(from), foundAt: time(to), made: made() }
  writeFileSync(join(journals(), `${id}.json`), JSON.stringify(record))
}

const poolIs = (...volumes: readonly string[]): StubAnswer[] => [
  { when: '^pool-list --uuid', print: `${poolUuid}\n` },
  { when: '^pool-dumpxml', print: `<pool type='dir'><name>default</name><uuid>${poolUuid}</uuid><target><path>${join(stub.folder, 'images')}</path></target></pool>` },
  { when: '^vol-list', print: volumes.map((path) => ` ${basename(path)}   ${path}\n`).join('') },
  ...volumes.map((path) => ({ when: `^vol-dumpxml .*--vol=${basename(path)}$`, print: `<volume type='file'><name>x</name><target><path>${path}</path></target></volume>` })),
]

/** Looking reads folders anew. */
const changes = (): string[] => stub.written().filter((line) => !line.startsWith('pool-refresh'))

/** An app that starts, with one connection; answers what is told of the job. */
async function start(answers: readonly StubAnswer[], { open = true, defined = false } = {}) {
  stub.answer(...answers)
  const told: Job[] = []
  const faults: unknown[] = []
  const inventory = { complete: true, readDomain: () => Promise.resolve(defined ? {} : null), volumesChanged: () => Promise.resolve() }
  const ready = () => (open ? Promise.resolve(inventory) : Promise.reject(new AppError('connection-gone')))
  const live = { target: { uri: 'qemu:///session', connection: 'session' }, inventory: open ? inventory : null, ready }
  const connections = () => [live] as unknown as ReturnType<InterruptedDependencies['connections']>
  const interrupted = new Interrupted({ connections, jobs: { report: (job) => void told.push(job) }, onFault: (_what, error) => void faults.push(error) })
  await interrupted.start()
  expect(told[0]).toMatchObject({ id, state: 'failed', title: { params: { name: 'one' } }, error: { code: 'interrupted', remedies: [] } })
  if (open) await expect.poll(() => told.length + faults.length).toBe(2)
  expect(faults).toEqual([])
  const commands = (): string[] | undefined => told.at(-1)?.error?.remedies[1]?.command?.split('\n')
  return { interrupted, last: () => told.at(-1), commands }
}

describe('a creation that was broken off', () => {
  it('is told with what is left, and a click takes that back', async () => {
    broken()
    const { interrupted, last, commands } = await start(poolIs(disk()))
    expect(commands()).toEqual([`rm -f ${disk()}`, ...['pool-refresh --pool=default', 'pool-destroy --pool=default', `pool-undefine --pool=${poolUuid}`].map((line) => `virsh -c qemu:///session ${line}`)])
    expect(last()?.error?.remedies[0]).toEqual({ name: 'take-back', request: { name: 'job.take-back', input: { job: id } } })
    expect([existsSync(disk()), changes()], 'nothing without a click').toEqual([true, []])
    await interrupted.takeBack(id)
    expect(last()).toMatchObject({ state: 'cancelled', error: null })
    expect([existsSync(disk()), existsSync(journals())]).toEqual([false, false])
    expect(changes()).toEqual(['pool-destroy --pool=default', `pool-undefine --pool=${poolUuid}`])
  })

  it('stays told with what resists', async () => {
    broken()
    const { interrupted, last, commands } = await start([{ when: '^pool-undefine', fail: 'internal error: cannot' }, ...poolIs(disk())])
    await interrupted.takeBack(id)
    expect(last()).toMatchObject({ state: 'failed', error: { code: 'interrupted' } })
    expect(commands()).toEqual([`virsh -c qemu:///session pool-undefine --pool=${poolUuid}`])
    expect(readdirSync(journals())).toEqual([`${id}.json`])
  })

  it('leaves its pool where something else is in it by now', async () => {
    broken()
    const { commands } = await start(poolIs(disk(), join(stub.folder, 'images', 'theirs.qcow2')))
    expect(commands()).toEqual([`rm -f ${disk()}`, 'virsh -c qemu:///session pool-refresh --pool=default'])
  })

  it.each([
    ['came into being before', A_MINUTE, 2 * A_MINUTE],
    ['came into being after it was found', -2 * A_MINUTE, -A_MINUTE],
  ])('leaves a file of that name that %s', async (_when, from, to) => {
    broken(from, to)
    const { last } = await start([])
    expect(last()).toMatchObject({ state: 'failed', error: { code: 'interrupted-clean', remedies: [] } })
    expect([existsSync(disk()), existsSync(journals())]).toEqual([true, false])
  })

  it('leaves a file that a machine uses by now', async () => {
    broken()
    const domain = `<domain type='qemu'><name>theirs</name><devices><disk type='file' device='disk'><source file='${disk()}'/><target dev='vda'/></disk></devices></domain>`
    const { last } = await start([{ when: '^list --all --uuid', print: `${exampleUuid(20)}\n` }, { when: '^dumpxml', print: domain }])
    expect(last()).toMatchObject({ error: { code: 'interrupted-clean' } })
    expect(existsSync(disk())).toBe(true)
  })

  it('whose machine is defined is the person’s: nothing of it is offered for removal', async () => {
    broken()
    const { interrupted, last } = await start(poolIs(disk()), { defined: true })
    expect(last()).toMatchObject({ state: 'failed', error: { code: 'interrupted-made', remedies: [{ name: 'show-machine', open: { what: 'machine', uuid: machine } }] } })
    expect(existsSync(journals())).toBe(false)
    await expect(interrupted.takeBack(id)).rejects.toMatchObject({ code: 'not-found' })
    expect(existsSync(disk())).toBe(true)
  })

  it('is told without commands while its connection is not open, and dismissed for good', async () => {
    broken()
    const { interrupted } = await start([], { open: false })
    const problem: unknown = await interrupted.takeBack(id).catch((error: unknown) => error)
    expect(isCode(problem, 'connection-gone')).toBe(true)
    await interrupted.dismissed(id)
    expect([existsSync(disk()), existsSync(journals())]).toEqual([true, false])
  })
})
