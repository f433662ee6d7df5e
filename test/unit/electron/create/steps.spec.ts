import { chmod, mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copySteps, type Copy } from '../../../../electron/create/copy-steps.ts'
import { claim, copyWay, freePaths, placeOf, refuseExisting, type Place } from '../../../../electron/create/place.ts'
import { poolSteps } from '../../../../electron/create/pool-steps.ts'
import type { Step } from '../../../../electron/create/steps.ts'
import { lineOf, runWork } from '../../../../electron/create/work.ts'
import type { LoggedCommand } from '../../../../shared/model/command.ts'
import en from '../../../../shared/i18n/en/creation.json' with { type: 'json' }
import { exampleImage, exampleIso, examplePlan, examplePool, exampleUuid } from '../../examples.ts'
import { exampleSurroundings } from './example.ts'

const GiB = 1024 ** 3
const target = { uri: 'qemu:///session', connection: 'c1' }
const identity = { uuid: exampleUuid(1), mac: '52:54:00:00:00:07', poolUuid: exampleUuid(2), displayPassword: 'abcdefgh' }

let folder: string | undefined
const place = (...names: string[]): string => join(folder ?? '/nonexistent', ...names)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vivero-steps-'))
})
afterAll(async () => {
  if (folder !== undefined) await rm(folder, { recursive: true })
})

/** The lines of the steps as a person would run them. */
const lines = (steps: readonly Step[]): string[] => steps.map((step) => lineOf(target, step.work).split('\n')[0] ?? '')
const sentences = (steps: readonly Step[]): string[] => steps.map((step) => step.message.key.replace('creation:step.', ''))

const pool: Place = { folder: '/images', pool: 'my pool', newPool: false, writable: true }
const bare: Place = { folder: '/disks', pool: null, newPool: false, writable: true }

describe('how a copy gets to its place', () => {
  it.each([
    ['a pool where this user may write', pool, {}, 'convert'],
    ['a folder', bare, {}, 'convert'],
    ['a pool of libvirt’s own', { ...pool, writable: false }, {}, 'upload'],
    ['a pool of libvirt’s own, from an overlay that libvirt knows', { ...pool, writable: false }, { backingPath: '/b', pool: 'p' }, 'clone'],
    ['a pool of libvirt’s own, from an overlay that it does not know', { ...pool, writable: false }, { backingPath: '/b' }, 'overlay'],
  ] as const)('into %s', async (_where, where, media, way) => {
    await writeFile(place('image'), '')
    expect(await copyWay(place('image'), exampleImage(media), where)).toBe(way)
  })

  it('from a file that this user may not read', async () => {
    expect(await copyWay(place('gone'), exampleImage({ pool: 'p' }), { ...pool, writable: false })).toBe('clone')
    expect(await copyWay(place('gone'), exampleImage(), pool)).toBe('unreadable')
    expect(await copyWay(place('gone'), exampleImage({ pool: 'p' }), bare)).toBe('unreadable')
  })
})

describe('the steps of a copy', () => {
  const copy = (more: Partial<Copy> = {}): Copy => ({ from: '/a/image.vmdk', media: exampleImage({ format: 'vmdk' }), place: pool, path: '/images/one.qcow2', limitBytes: 10 * GiB, ...more })

  it('by this app’s own hand make a disk of its own, grow it, and tell libvirt', () => {
    const made = copySteps(copy(), 'convert')
    expect(made.format).toBe('qcow2')
    expect(lines(made.steps)).toEqual([
      'qemu-img convert -p -f vmdk -O qcow2 /a/image.vmdk /images/one.qcow2',
      `qemu-img resize -q -f qcow2 /images/one.qcow2 ${10 * GiB}`,
      "virsh -c qemu:///session pool-refresh --pool='my pool'",
    ])
    expect(sentences(made.steps)).toEqual(['copy', 'grow', 'pool-refresh'])
    expect(made.steps[0]).toMatchObject({ measured: true, undoPartly: true, undo: [{ kind: 'remove-file', path: '/images/one.qcow2' }, { kind: 'virsh', args: ['pool-refresh', '--pool=my pool'] }] })
  })

  it('read an image that a machine may be writing to', () => {
    expect(lines(copySteps(copy({ media: exampleImage({ usedBy: ['one'] }) }), 'convert').steps)[0]).toContain('convert -p -U -f qcow2')
  })

  it('grow nothing that is large enough', () => {
    expect(sentences(copySteps(copy({ limitBytes: 2 * GiB }), 'convert').steps)).toEqual(['copy', 'pool-refresh'])
    expect(sentences(copySteps(copy({ limitBytes: null }), 'convert').steps)).toEqual(['copy', 'pool-refresh'])
  })

  it('into a folder leave libvirt alone, whatever the way', () => {
    for (const way of ['convert', 'upload', 'clone'] as const) expect(sentences(copySteps(copy({ place: bare, limitBytes: null }), way).steps)).toEqual(['copy'])
  })

  it('of an ISO leave it what it is', () => {
    const made = copySteps(copy({ from: '/a/x.iso', media: exampleIso(), path: '/images/x.iso', limitBytes: null }), 'convert')
    expect(made.format).toBe('raw')
    expect(lines(made.steps)[0]).toBe('qemu-img convert -p -f raw -O raw /a/x.iso /images/x.iso')
  })

  it('through libvirt make a volume and send the file, in its own format', () => {
    const made = copySteps(copy(), 'upload')
    expect(made.format).toBe('vmdk')
    expect(lines(made.steps)).toEqual([
      "virsh -c qemu:///session vol-create --pool='my pool' /dev/stdin <<'XML'",
      "virsh -c qemu:///session vol-upload --pool='my pool' --vol=one.qcow2 --file=/a/image.vmdk",
      `virsh -c qemu:///session vol-resize --pool='my pool' --vol=one.qcow2 --capacity=${10 * GiB}`,
    ])
    expect(made.steps[0]?.undo).toEqual([{ kind: 'delete-volume', args: ['vol-delete', '--pool=my pool', '--vol=one.qcow2'], path: '/images/one.qcow2' }])
    expect(made.steps[0]?.undoPartly).toBeUndefined()
    expect(lines(copySteps(copy({ media: exampleImage({ format: 'raw' }), limitBytes: null }), 'upload').steps)[1]).toContain('--sparse')
  })

  it('by libvirt itself clone a volume that this user may not read', () => {
    const made = copySteps(copy({ limitBytes: null }), 'clone')
    expect(made.format).toBe('qcow2')
    expect(lines(made.steps)[0]).toContain("vol-create-from --pool='my pool'")
    expect(lines(made.steps)[0]).toContain('/a/image.vmdk')
  })

  it('all have a sentence', () => {
    const texts: Readonly<Record<string, unknown>> = en.step
    const all = [...copySteps(copy(), 'convert').steps, ...copySteps(copy(), 'upload').steps, ...copySteps(copy(), 'clone').steps]
    for (const step of all) {
      const text = texts[step.message.key.replace('creation:step.', '')]
      expect(text, step.message.key).toEqual(expect.any(String))
      for (const [, name = ''] of String(text).matchAll(/\{\{(\w+)\}\}/g)) expect(step.message.params, step.message.key).toHaveProperty(name)
    }
  })
})

describe('the place of a plan', () => {
  it('is its folder, its pool, or the default pool that is made first', async () => {
    const around = await exampleSurroundings({ pools: [{ ...examplePool(), path: place() }] })
    expect(await placeOf(examplePlan({ target: { kind: 'folder', path: '/x' } }), around)).toEqual({ folder: '/x', pool: null, newPool: false, writable: true })
    expect(await placeOf(examplePlan(), around)).toEqual({ folder: place(), pool: 'default', newPool: false, writable: true })
    expect(await placeOf(examplePlan({ createDefaultPool: true }), { ...around, pools: [], defaultPoolPath: '/new' })).toEqual({ folder: '/new', pool: 'default', newPool: true, writable: true })
    await expect(placeOf(examplePlan(), { ...around, pools: [] })).rejects.toMatchObject({ code: 'not-found', params: { pool: 'default' } })
  })

  it('has free names for each file', async () => {
    await writeFile(place('one.qcow2'), '')
    const free = await freePaths(target, { ...bare, folder: place() }, await exampleSurroundings())
    expect(await free('one.qcow2')).toBe(place('one-2.qcow2'))
    expect(await free('one.qcow2')).toBe(place('one-3.qcow2'))
    expect(await free('a\tb.iso')).toBe(place('a b.iso'))
    expect(await free('x')).toBe(place('x'))
  })

  it('is taken before it is written to, and nothing is written over', async () => {
    await claim(place('mine'))
    expect((await stat(place('mine'))).mode & 0o777).toBe(0o600)
    await writeFile(place('theirs'), 'precious')
    await expect(claim(place('theirs'))).rejects.toMatchObject({ code: 'already-exists', params: { path: place('theirs') } })
    expect(await readFile(place('theirs'), 'utf8')).toBe('precious')
    await expect(claim(place('none', 'x'))).rejects.toMatchObject({ code: 'folder-missing', params: { path: place('none') } })
    await expect(claim(place('theirs', 'x'))).rejects.toMatchObject({ code: 'permission-denied' })
    await expect(refuseExisting(place('theirs'))).rejects.toMatchObject({ code: 'already-exists' })
    await refuseExisting(place('free'))
  })
})

describe('the steps of a pool', () => {
  it('are none where it is on', async () => {
    expect(await poolSteps(target, { ...pool, pool: 'default' }, await exampleSurroundings(), identity)).toEqual([])
    expect(await poolSteps(target, bare, await exampleSurroundings(), identity)).toEqual([])
  })

  it('start one that is off, unless somebody has done so meanwhile', async () => {
    const around = await exampleSurroundings({ pools: [{ ...examplePool({ name: 'off', active: false }), path: '/x' }] })
    const [step, ...rest] = await poolSteps(target, { ...pool, pool: 'off' }, around, identity)
    expect(rest).toEqual([])
    expect(step).toMatchObject({ doneAlready: 'already-active', undo: [{ args: ['pool-destroy', '--pool=off'] }] })
    expect(step?.undoPartly).toBeFalsy()
  })

  it('make a new one, and would take back only the folders that were not there', async () => {
    await mkdir(place('there'))
    const where = { folder: place('there', 'a', 'b'), pool: 'default', newPool: true, writable: true }
    const steps = await poolSteps(target, where, await exampleSurroundings({ pools: [] }), identity)
    expect(sentences(steps)).toEqual(['pool-define', 'pool-build', 'pool-start', 'pool-autostart'])
    expect(steps[0]?.undo).toEqual([{ kind: 'end-pool', args: ['pool-undefine', `--pool=${identity.poolUuid}`], option: `--pool=${identity.poolUuid}` }])
    expect(steps[1]?.undo).toEqual([{ kind: 'remove-folders', paths: [place('there', 'a'), place('there', 'a', 'b')] }])
    expect(steps.slice(0, 3).every((step) => step.undoPartly)).toBe(true)
    expect(lineOf(target, steps[0]?.work ?? { kind: 'program', words: [] })).toContain(`<uuid>${identity.poolUuid}</uuid>`)
  })
})

describe('a program of a step', () => {
  const script = async (name: string, text: string): Promise<string> => {
    await writeFile(place(name), `#!/bin/sh\n${text}\n`)
    await chmod(place(name), 0o755)
    return place(name)
  }
  const noted: Omit<LoggedCommand, 'id'>[] = []
  const noting = { ...target, log: (entry: Omit<LoggedCommand, 'id'>) => void noted.push(entry) }

  it('copies a file byte by byte, whatever its name, holes as holes', async () => {
    const from = place('-holed " copy')
    await writeFile(from, 'begin')
    await truncate(from, 40 * 1024 * 1024)
    const percents: number[] = []
    await runWork(noting, { kind: 'copy', from, to: place('copied'), bytes: 40 * 1024 * 1024 }, { onPercent: (percent) => percents.push(percent) })
    const copied = await stat(place('copied'))
    expect(copied).toMatchObject({ size: 40 * 1024 * 1024 })
    expect(copied.blocks * 512).toBeLessThan(8 * 1024 * 1024)
    expect((await readFile(place('copied'), 'utf8')).startsWith('begin\0')).toBe(true)
    expect(percents.at(-1)).toBe(100)
    expect(noted.splice(0)).toMatchObject([{ ok: true, error: null }])
  })

  it('tells its percents and is noted', async () => {
    const percents: number[] = []
    const program = await script('works', "printf '    (0.00/100%%)\\r    (50.00/100%%)\\r    (100.00/100%%)\\n'")
    await runWork(noting, { kind: 'program', words: [program, "it's"] }, { onPercent: (percent) => percents.push(percent) })
    expect(percents.at(-1)).toBe(100)
    expect(noted.splice(0)).toMatchObject([{ line: `${program} 'it'\\''s'`, ok: true, error: null }])
  })

  it('fails with what it says', async () => {
    const full = await script('full', "echo \"qemu-img: error while writing: No space left on device\" >&2; exit 1")
    await expect(runWork(noting, { kind: 'program', words: [full] })).rejects.toMatchObject({ code: 'disk-full' })
    expect(noted.splice(0)).toMatchObject([{ ok: false, error: expect.stringContaining('No space left') }])
  })

  it('is stopped at once', async () => {
    const stop = new AbortController()
    const running = runWork(noting, { kind: 'program', words: [await script('slow', 'exec sleep 60')] }, { signal: stop.signal })
    stop.abort()
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    expect(noted.splice(0)).toMatchObject([{ ok: false, error: 'cancelled' }])
  })
})
