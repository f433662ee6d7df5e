import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkMedium, unreadableMedium } from '../../../../electron/create/checks/medium.ts'
import { checkNames } from '../../../../electron/create/checks/names.ts'
import { checkResources } from '../../../../electron/create/checks/resources.ts'
import { checkTarget } from '../../../../electron/create/checks/target.ts'
import type { Surroundings } from '../../../../electron/create/surroundings.ts'
import en from '../../../../shared/i18n/en/findings.json' with { type: 'json' }
import { AppError } from '../../../../shared/model/error.ts'
import type { MachinePlan } from '../../../../shared/model/plan.ts'
import { exampleCapabilities, exampleImage, exampleIso, exampleNetwork, examplePlan, examplePool, exampleSystem } from '../../examples.ts'
import { makeQcow2 } from '../qcow2.ts'
import { exampleContext, exampleDependencies, exampleMachine, linux, said } from './example.ts'

const GiB = 1024 ** 3
let folder: string | undefined
const place = (...names: string[]): string => join(folder ?? '/nonexistent', ...names)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vivero-checks-'))
  await mkdir(place('images'))
})
afterAll(async () => {
  if (folder !== undefined) await rm(folder, { recursive: true })
})

describe('a name', () => {
  const check = async (plan: Partial<MachinePlan>, around: Partial<Surroundings> = {}): Promise<string[]> => said(checkNames(await exampleContext({ plan: examplePlan(plan), around })))

  it.each([
    ['debian12', []],
    [' -x "ñ" \t', []],
    ['', ['error name name-empty']],
    ['  ', ['error name name-empty']],
    ['.', ['error name name-dots']],
    ['..', ['error name name-dots']],
    ['a/b', ['error name name-slash']],
    ['a\nb', ['error name name-newline']],
    ['a\rb', ['error name name-newline']],
    ['a\u0001b', ['error name name-control']],
    ['x'.repeat(246), []],
    ['x'.repeat(248), ['error name name-long']],
    ['ñ'.repeat(124), ['error name name-long']],
    ['42', ['warning name name-number']],
  ])('%j: %j', async (name, expected) => {
    expect(await check({ name })).toEqual(expected)
  })

  it('is taken by a machine’s name; a title by a machine’s title', async () => {
    const machines = [exampleMachine(1, 'one', 'Title')]
    expect(await check({ name: 'one' }, { machines })).toEqual(['error name name-taken'])
    expect(await check({ title: 'Title' }, { machines })).toEqual(['warning title title-taken'])
    expect(await check({ name: 'Title', title: 'one' }, { machines })).toEqual([])
  })

  it('as title may be empty, and holds no line break', async () => {
    expect(await check({ title: '' }, { machines: [exampleMachine(1, 'one', '')] })).toEqual([])
    expect(await check({ title: 'a\nb' })).toEqual(['error title title-newline'])
    expect(await check({ title: 'a\u0007' })).toEqual(['error title title-control'])
  })
})

describe('memory, processors, acceleration and firmware', () => {
  const demanding = { ...linux, minimum: { cpus: 2, memoryBytes: GiB, storageBytes: null } }
  const check = async (plan: Partial<MachinePlan>, more: Parameters<typeof exampleContext>[0] = {}): Promise<string[]> => said(checkResources(await exampleContext({ plan: examplePlan(plan), ...more })))

  it('are fine as they are proposed', async () => {
    expect(await check({})).toEqual([])
  })

  it.each([
    [{ memoryKiB: 0 }, ['error memoryKiB memory-none']],
    [{ memoryKiB: 8 * 1024 ** 2 }, ['warning memoryKiB memory-over-free']],
    [{ memoryKiB: 8 * 1024 ** 2 + 1 }, ['error memoryKiB memory-over-host']],
    [{ memoryKiB: 1024 ** 2 - 1 }, ['warning memoryKiB memory-under-minimum']],
    [{ vcpus: 0 }, ['error vcpus cpus-none']],
    [{ vcpus: 5 }, ['error vcpus cpus-over-host']],
    [{ vcpus: 1 }, ['warning vcpus cpus-under-minimum']],
  ])('%j: %j', async (plan, expected) => {
    expect(await check(plan, { traits: demanding })).toEqual(expected)
  })

  it('of a host that says nothing are what the person wants', async () => {
    expect(await check({ memoryKiB: 2 ** 40, vcpus: 1000, acceleration: 'tcg' }, { deps: exampleDependencies({ capabilities: null }), around: { freeMemoryKiB: null } })).toEqual([])
  })

  it.each([
    ['auto', null, true, []],
    ['kvm', null, true, []],
    ['auto', 'no-device', false, ['note acceleration no-kvm-no-device']],
    ['kvm', 'no-permission', false, ['error acceleration no-kvm-no-permission']],
    ['kvm', null, false, ['error acceleration no-kvm-unknown']],
    ['tcg', 'no-device', false, []],
  ] as const)('acceleration %s, %s: %#', async (acceleration, kvmReason, kvm, expected) => {
    const deps = exampleDependencies({ capabilities: exampleCapabilities({ kvm, kvmReason }) })
    expect(await check({ acceleration }, { deps })).toEqual(expected)
  })

  it('are not for the test driver', async () => {
    expect(await check({}, { around: { kind: 'test' } })).toEqual(['error acceleration not-qemu'])
  })

  it('UEFI must be there where it is asked for, and is missed where a system wants it', async () => {
    const without = exampleDependencies({ capabilities: exampleCapabilities({ uefi: false }) })
    const wanting = { ...linux, requiresUefi: true }
    expect(await check({ firmware: 'uefi' })).toEqual([])
    expect(await check({ firmware: 'uefi' }, { deps: without })).toEqual(['error osId uefi-missing'])
    expect(await check({}, { traits: wanting })).toEqual(['warning osId uefi-wanted'])
    expect(await check({}, { traits: wanting, deps: without })).toEqual(['warning osId uefi-wanted-missing'])
  })
})

describe('where a disk goes', () => {
  const check = async (plan: Partial<MachinePlan>, more: Parameters<typeof exampleContext>[0] = {}): Promise<string[]> => said(await checkTarget(await exampleContext({ plan: examplePlan(plan), ...more })))
  const pool = (more: object = {}) => ({ pools: [{ ...examplePool(), path: place('images'), ...more }] })
  const image = (more: object = {}) => ({ media: exampleImage({ path: place('image.qcow2'), ...more }), recognition: null })

  it('is fine in a pool that is on', async () => {
    expect(await check({}, { around: pool() })).toEqual([])
  })

  it('says what is wrong with the pool', async () => {
    expect(await check({ target: { kind: 'pool', pool: 'gone' } })).toEqual(['error target pool-missing'])
    expect(await check({}, { around: pool({ active: false }) })).toEqual(['note target pool-inactive'])
    expect(await check({}, { around: pool({ path: '/tab\there' }) })).toEqual(['error target target-white-space'])
  })

  it('says what is wrong with the folder', async () => {
    const target = (path: string) => ({ target: { kind: 'folder', path }, diskBytes: 1024 ** 2 }) as const
    expect(await check(target(place('images')))).toEqual([])
    expect(await check(target(place('gone')))).toEqual(['error target folder-missing'])
    await writeFile(place('file'), '')
    expect(await check(target(place('file')))).toEqual(['error target folder-missing'])
    expect(await check(target(place('a\u0001b')))).toEqual(['error target target-control', 'error target folder-missing'])
  })

  it('is as large as there is room, or grows beyond it', async () => {
    const around = pool({ availableBytes: 10 * GiB })
    expect(await check({ diskBytes: 10 * GiB }, { around })).toEqual([])
    expect(await check({ diskBytes: 10 * GiB + 1 }, { around })).toEqual(['warning diskBytes disk-over-free'])
    expect(await check({ diskBytes: 0 }, { around })).toEqual(['error diskBytes disk-under-image'])
  })

  it('takes a copy at once, which is never smaller than the image', async () => {
    await writeFile(place('image.qcow2'), makeQcow2(null))
    const copy = { mediaKind: 'disk', imageUse: 'copy', mediaPath: place('image.qcow2') } as const
    const inspected = image({ sizeBytes: 20 * GiB, virtualSizeBytes: 40 * GiB })
    expect(await check({ ...copy, diskBytes: 40 * GiB }, { inspected, around: pool({ availableBytes: 10 * GiB }) })).toEqual(['warning target copy-over-free'])
    expect(await check({ ...copy, diskBytes: 39 * GiB }, { inspected, around: pool() })).toEqual(['error diskBytes disk-under-image'])
  })

  it('is no question where none is made', async () => {
    const nowhere = { target: { kind: 'pool', pool: 'gone' } } as const
    expect(await check({ ...nowhere, diskBytes: null })).toEqual([])
    expect(await check({ ...nowhere, mediaKind: 'disk', imageUse: 'in-place' }, { inspected: image() })).toEqual([])
  })

  it('is a pool that is made first, where it can be', async () => {
    const first = { createDefaultPool: true, diskBytes: 1024 ** 2 }
    expect(await check(first, { around: { pools: [], defaultPoolPath: place('new', 'pool') } })).toEqual([])
    expect(await check(first, { around: { pools: [], defaultPoolPath: place('file', 'pool') } })).toContain('error target default-pool-unwritable')
  })

  it('on a network that is there, and off it can be started', async () => {
    const network = (name: string) => ({ network: { kind: 'network', name } }) as const
    const around = { ...pool(), networks: [exampleNetwork({ name: 'off', active: false })] }
    expect(await check(network('off'), { around })).toEqual(['note network network-inactive'])
    expect(await check(network('gone'), { around })).toEqual(['error network network-missing'])
    const tab = { ...pool(), networks: [exampleNetwork({ name: 'tab\there' })] }
    expect(await check(network('tab\there'), { around: tab })).toEqual(['error network network-white-space'])
    expect(await check({ network: { kind: 'user' } }, { around })).toEqual([])
    expect(await check({ network: { kind: 'none' } }, { around })).toEqual([])
  })

  it('on a bridge or device of the host that is there; on a host of which libvirt tells no bridge, whatever is typed', async () => {
    const on = (kind: 'bridge' | 'direct', name: string) => ({ network: { kind, name } }) as const
    const system = { ...pool(), kind: 'system' } as const
    const deps = (uri: string) => ({ deps: exampleDependencies({ target: { uri, connection: 'c1' } }), around: system })
    expect(await check(on('bridge', 'no-such-br'), deps('qemu:///system'))).toEqual(['error network source-bridge-missing'])
    expect(await check(on('direct', 'no-such-dev'), deps('qemu:///system'))).toEqual(['error network source-device-missing'])
    expect(await check(on('direct', 'lo'), { around: pool() })).toEqual(['error network network-closed'])
    expect(await check(on('bridge', 'br7'), deps('test:///default'))).toEqual([])
    expect(await check(on('bridge', ' '), deps('test:///default'))).toEqual(['error network network-source-empty'])
  })
})

describe('the medium', () => {
  const check = async (plan: Partial<MachinePlan>, more: Parameters<typeof exampleContext>[0] = {}): Promise<string[]> => said(await checkMedium(await exampleContext({ plan: examplePlan(plan), ...more })))
  const recognition = { system: exampleSystem, label: 'Debian 11', shortLabel: 'debian11', exact: true, live: null }

  it('is fine, or says that its system is another', async () => {
    const inspected = (more: object) => ({ media: exampleIso(), recognition: { ...recognition, ...more } })
    expect(await check({}, { inspected: inspected({}) })).toEqual([])
    expect(await check({}, { inspected: inspected({ label: 'Debian 12', exact: false }) })).toEqual(['note osId system-nearest'])
    expect(await check({ osId: 'other' }, { inspected: inspected({ label: 'Debian 12', exact: false }) })).toEqual([])
    expect(await check({ osId: null })).toEqual([expect.stringMatching(/^note osId (system-unknown|osinfo-missing)$/)])
  })

  it('may start nothing, or be of another kind', async () => {
    expect(await check({}, { inspected: { media: exampleIso({ bootable: false }), recognition: null } })).toEqual(['warning mediaPath iso-not-bootable'])
    expect(await check({ mediaKind: 'disk', imageUse: 'copy' })).toEqual(['error mediaPath media-wrong-kind'])
  })

  it('must be a path that libvirt can keep, or be copied', async () => {
    expect(await check({ mediaPath: '/a\tb.iso' })).toEqual(['error imageUse media-white-space'])
    expect(await check({ mediaPath: '/a\u0001.iso' })).toEqual(['error imageUse media-control'])
    expect(await check({ mediaPath: '/a\tb.iso', imageUse: 'copy' })).toEqual([])
  })

  it('stands on a base that is there, or not', async () => {
    await writeFile(place('base'), makeQcow2(null))
    await writeFile(place('over'), makeQcow2('base'))
    await writeFile(place('orphan'), makeQcow2('gone'))
    const image = (name: string) => ({
      plan: examplePlan({ mediaKind: 'disk', imageUse: 'copy', mediaPath: place(name) }),
      inspected: { media: exampleImage({ path: place(name), backingPath: place('base') }), recognition: null },
    })
    expect(said(await checkMedium(await exampleContext(image('over'))))).toEqual(['note mediaPath has-base'])
    expect(said(await checkMedium(await exampleContext(image('orphan'))))).toEqual(['error mediaPath base-missing'])
  })

  it('is used in place by one machine alone, and is nobody’s base', async () => {
    await writeFile(place('base'), makeQcow2(null))
    await writeFile(place('top'), makeQcow2('base'))
    const inPlace = (...machines: ReturnType<typeof exampleMachine>[]) => ({
      plan: examplePlan({ mediaKind: 'disk', imageUse: 'in-place', mediaPath: place('base') }),
      inspected: { media: exampleImage({ path: place('base') }), recognition: null },
      around: { machines },
    })
    expect(said(await checkMedium(await exampleContext(inPlace())))).toEqual([])
    expect(said(await checkMedium(await exampleContext(inPlace(exampleMachine(1, 'one', null, place('base'))))))).toEqual(['warning imageUse image-in-use'])
    expect(said(await checkMedium(await exampleContext(inPlace(exampleMachine(1, 'one', null, place('top'))))))).toEqual(['error imageUse image-is-base'])
  })

  it('that could not be looked into says why', async () => {
    expect(await unreadableMedium(new AppError('file-missing'), '/x')).toMatchObject({ level: 'error', field: 'mediaPath', code: 'media-missing', params: { path: '/x' } })
    expect(await unreadableMedium(new AppError('file-unreadable'), place('base'))).toMatchObject({ code: 'media-unreadable', params: { command: `chmod u+r ${place('base')}` } })
    expect(await unreadableMedium(new AppError('file-wrong-kind'), '/x')).toMatchObject({ code: 'media-wrong-kind' })
    await expect(unreadableMedium(new AppError('timeout'), '/x')).rejects.toMatchObject({ code: 'timeout' })
    await expect(unreadableMedium(new TypeError('x'), '/x')).rejects.toBeInstanceOf(TypeError)
  })
})

describe('findings', () => {
  it('give their sentences every word that these name', async () => {
    const context = await exampleContext({
      plan: examplePlan({ name: '42', memoryKiB: 5 * 1024 ** 2, network: { kind: 'network', name: 'gone' }, target: { kind: 'folder', path: place('gone') }, osId: null }),
    })
    const findings = [...checkNames(context), ...checkResources(context), ...(await checkTarget(context)), ...(await checkMedium(context))]
    const texts: Readonly<Record<string, unknown>> = en
    expect(findings.length).toBeGreaterThan(4)
    for (const { code, params } of findings) {
      const text = JSON.stringify(texts[code] ?? null)
      expect(text, code).not.toBe('null')
      for (const [, name = ''] of text.matchAll(/\{\{(\w+)\}\}/g)) expect(params, code).toHaveProperty(name)
    }
  })
})
