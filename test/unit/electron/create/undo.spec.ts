import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createMachine, previewCommands, type CreationControl } from '../../../../electron/create/run.ts'
import { workWithPools } from '../../../../electron/create/pool-users.ts'
import type { MachinePlan } from '../../../../shared/model/plan.ts'
import { exampleCapabilities, examplePlan, exampleUuid } from '../../examples.ts'
import { fixture } from '../../fixtures.ts'
import { makeIso } from '../iso.ts'
import { stubVirsh, type StubAnswer, type VirshStub } from '../virsh-stub.ts'
import { exampleDependencies } from './example.ts'

let stub: VirshStub
const before = { XDG_RUNTIME_DIR: process.env['XDG_RUNTIME_DIR'], XDG_DATA_HOME: process.env['XDG_DATA_HOME'], OSINFO_SYSTEM_DIR: process.env['OSINFO_SYSTEM_DIR'] }
const share = (): string => join(stub.folder, 'share')
const images = (): string => join(share(), 'libvirt', 'images')

beforeAll(() => {
  stub = stubVirsh()
  process.env['XDG_RUNTIME_DIR'] = stub.folder
  process.env['XDG_DATA_HOME'] = share()
  process.env['OSINFO_SYSTEM_DIR'] = join(stub.folder, 'osinfo') // the systems do not matter, and reading them takes a while
  writeFileSync(join(stub.folder, 'debian.iso'), makeIso({ volume: 'X', bootable: true }))
})
afterAll(() => {
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
  stub.end()
})
beforeEach(() => {
  rmSync(share(), { recursive: true, force: true })
  mkdirSync(share())
})

/** A session without pools, with a network that is off. */
const network = exampleUuid(300)
const usual = (): StubAnswer[] => [
  { when: '^capabilities', print: fixture('libvirt/host/capabilities.xml') },
  { when: '^domcapabilities', print: fixture('libvirt/host/domcapabilities.xml') },
  { when: '^net-list --uuid --all$', print: `${network}\n` },
  { when: '^net-dumpxml', print: fixture('libvirt/network/nat6.xml') },
  { when: '^pool-build', makes: images() },
]

const plan = (more: Partial<MachinePlan> = {}): MachinePlan =>
  examplePlan({
    mediaPath: join(stub.folder, 'debian.iso'), name: 'one', osId: null, createDefaultPool: true, acceleration: 'tcg', diskBytes: 1024 ** 2, memoryKiB: 65_536,
    network: { kind: 'network', name: 'nat6' }, ...more,
  })
const deps = exampleDependencies({ capabilities: exampleCapabilities({ kvm: false }) })

interface Ran {
  readonly problem: unknown
  readonly steps: readonly string[]
  readonly log: readonly string[]
  /** What was changed, without UUIDs and MAC addresses. */
  readonly written: readonly string[]
}

async function create(answers: readonly StubAnswer[], more: Partial<MachinePlan> = {}, at?: (step: string, abort: () => void) => void): Promise<Ran> {
  stub.answer(...answers, ...usual())
  const stop = new AbortController()
  const steps: string[] = []
  const log: string[] = []
  const control: CreationControl = {
    signal: stop.signal,
    progress: () => undefined,
    step: ({ key }) => {
      steps.push(key.replace('creation:step.', ''))
      at?.(steps.at(-1) ?? '', () => stop.abort())
    },
    log: (line) => void log.push(line),
  }
  const problem: unknown = await createMachine(deps, plan(more), control).then(
    () => null,
    (error: unknown) => error,
  )
  return { problem, steps, log, written: stub.written().map((line) => line.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')) }
}

/** Every change, in order, and what takes each of them back. */
const chain = [
  { verb: 'pool-define', does: 'pool-define', undoes: 'pool-undefine --pool=UUID', partly: true },
  { verb: 'pool-build', does: 'pool-build --pool=default', undoes: null, partly: true },
  { verb: 'pool-start', does: 'pool-start --pool=default', undoes: 'pool-destroy --pool=default', partly: true },
  { verb: 'pool-autostart', does: 'pool-autostart --pool=default', undoes: null, partly: false },
  { verb: 'vol-create', does: 'vol-create --pool=default', undoes: 'vol-delete --pool=default --vol=one.qcow2', partly: false },
  { verb: 'net-start', does: 'net-start --network=nat6', undoes: 'net-destroy --network=nat6', partly: false },
  { verb: 'define', does: 'define --validate', undoes: 'undefine --domain=UUID --nvram --managed-save --snapshots-metadata', partly: true },
  { verb: 'start', does: 'start --domain=UUID', undoes: 'destroy --domain=UUID', partly: true },
] as const

const undone = (steps: readonly (typeof chain)[number][]): string[] => steps.toReversed().flatMap(({ undoes }) => undoes ?? [])

describe('making a machine', () => {
  it('runs the steps in their order, and they are the lines that were shown', async () => {
    stub.answer(...usual())
    const shown = await previewCommands(deps, plan())
    const { problem, written, steps, log } = await create([])
    expect(problem).toBeNull()
    expect(written).toEqual(chain.map((step) => step.does))
    expect(steps).toEqual(['pool-define', 'pool-build', 'pool-start', 'pool-autostart', 'disk', 'network-start', 'define', 'start'])
    expect(log).toEqual(shown)
  })

  it('does nothing where the plan has an error', async () => {
    const { problem, written } = await create([], { name: 'a/b' })
    expect(problem).toMatchObject({ code: 'invalid-input', params: { field: 'name', finding: 'name-slash' } })
    expect(written).toEqual([])
  })
})

describe('a step that fails', () => {
  it.each(chain.map((step, index) => ({ ...step, index })))('$verb: everything before is taken back, newest first', async ({ verb, index }) => {
    const { problem, steps, written } = await create([{ when: `^${verb} `, fail: 'internal error: something new' }])
    const done = chain.slice(0, index + 1)
    const failed = chain[index]
    expect(written).toEqual([...done.map((step) => step.does), ...undone(failed?.partly ? done : done.slice(0, -1))])
    expect(problem).toMatchObject({ code: 'libvirt', detail: expect.stringContaining('something new'), remedies: [] })
    expect(steps.at(-1)).toBe('undo')
    expect(readdirSync(share()), 'folders that were made').toEqual([])
  })

  it('stops none of the others from being taken back, and what stays is said', async () => {
    const { problem, written, log } = await create([
      { when: '^start ', fail: 'internal error: something new' },
      { when: '^(undefine|net-destroy)', fail: 'internal error: cannot' },
    ])
    expect(written.slice(chain.length)).toEqual(undone(chain))
    const commands = ['undefine', 'net-destroy'].map((verb) => expect.stringMatching(`^virsh -c qemu:///session ${verb} `))
    expect(problem).toMatchObject({ code: 'libvirt', remedies: commands.map((command) => ({ name: 'undo-by-hand', command: command as unknown })) })
    expect(log.slice(-2)).toEqual(commands)
  })

  it.each(chain.filter((step) => !step.partly && step.undoes !== null))('$verb: where libvirt is gone, it may have been done: taken back too', async ({ verb, undoes }) => {
    const { problem, written } = await create([{ when: `^${verb} `, fail: 'End of file while reading data: Input/output error' }])
    expect(problem).toMatchObject({ code: 'connection-gone', remedies: [] })
    expect(written).toContain(undoes)
  })

  it('may have made nothing that could be taken back', async () => {
    const { problem } = await create([
      { when: '^define ', fail: 'internal error: something new' },
      { when: '^undefine', fail: "no domain with matching uuid 'x'" },
      { when: '^pool-destroy', fail: "storage pool 'default' is not active" },
    ])
    expect(problem).toMatchObject({ code: 'libvirt', remedies: [] })
  })

  it('ends a pool that a new libvirt has taken for active: stopped first', async () => {
    const active = { when: '^pool-undefine', fail: "Requested operation is not valid: storage pool 'default' is still active" }
    const { written } = await create([{ when: '^pool-build', fail: 'End of file while reading data: Input/output error' }, active])
    expect(written.slice(2)).toEqual(['pool-undefine --pool=UUID', 'pool-destroy --pool=UUID', 'pool-undefine --pool=UUID'])
  })

  it('leaves a folder that holds something by now', async () => {
    await create([{ when: '^start ', fail: 'internal error' }], {}, (step) => {
      if (step === 'start') writeFileSync(join(images(), 'theirs'), 'precious')
    })
    expect(readdirSync(images())).toEqual(['theirs'])
  })

  it('leaves the pool that something else is put into meanwhile', async () => {
    let leave = (): void => undefined
    const { problem, written } = await create([{ when: '^start ', fail: 'internal error: something new' }], {}, (step) => {
      if (step === 'disk') leave = workWithPools(deps.target, ['default'])
    })
    leave()
    expect(problem).toMatchObject({ code: 'libvirt', remedies: [] })
    expect(written.slice(chain.length)).toEqual(undone(chain.filter(({ verb }) => !verb.startsWith('pool-'))))
    expect(readdirSync(images())).toEqual([])
  })

  it('takes back nothing of a pool that somebody else has started meanwhile', async () => {
    const started = { when: '^pool-start', fail: "Requested operation is not valid: storage pool 'default' is already active" }
    const { written } = await create([started, { when: '^start ', fail: 'internal error: something new' }])
    expect(written).not.toContain('pool-destroy --pool=default')
  })

  it('leaves a file of the disk’s name that came meanwhile', async () => {
    const { problem, written } = await create([], {}, (step) => {
      if (step === 'disk') writeFileSync(join(images(), 'one.qcow2'), 'precious')
    })
    expect(problem).toMatchObject({ code: 'already-exists', params: { path: join(images(), 'one.qcow2') } })
    expect(written).not.toContain('vol-create --pool=default')
    expect(readdirSync(images())).toEqual(['one.qcow2'])
  })

  it('removes the volume’s file where its pool went away', async () => {
    const { problem } = await create([{ when: '^start ', fail: 'internal error' }, { when: '^vol-delete', fail: "Storage pool not found: no storage pool with matching name 'default'" }], {}, (step) => {
      if (step === 'define') writeFileSync(join(images(), 'one.qcow2'), '')
    })
    expect(problem).toMatchObject({ remedies: [] })
    expect(readdirSync(share())).toEqual([])
  })

  it('for a pool that is gone says so', async () => {
    const { problem } = await create([{ when: '^vol-create', fail: "Storage pool not found: no storage pool with matching name 'default'" }])
    expect(problem).toMatchObject({ code: 'invalid-input', params: { finding: 'pool-missing', pool: 'default' } })
  })
})

describe('somebody who is faster', () => {
  it('starts the network: the creation goes on, and does not stop it again', async () => {
    const { problem, written } = await create([{ when: '^net-start', fail: 'Requested operation is not valid: network is already active' }, { when: '^start ', fail: 'internal error' }])
    expect(problem).toMatchObject({ code: 'libvirt' })
    expect(written).toContain('define --validate')
    expect(written).not.toContain('net-destroy --network=nat6')
  })
})

describe('a person who cancels', () => {
  it.each(chain.map((step, index) => ({ verb: step.verb, index })))('at $verb gets everything back', async ({ index }) => {
    let step = -1
    const { problem, written } = await create([], {}, (name, abort) => {
      if (name !== 'undo' && ++step === index) abort()
    })
    const done = chain.slice(0, index + 1)
    expect(problem).toMatchObject({ code: 'cancelled', remedies: [] })
    expect(written).toEqual([...done.map((one) => one.does), ...undone(done)])
    expect(readdirSync(share())).toEqual([])
  })
})
