import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makesDefaultPool, makesDisk, poolNamed, storesFiles } from '../../../../electron/create/disk-place.ts'
import { drawIdentity, identityOf, takeIdentity } from '../../../../electron/create/identity.ts'
import { keepableName, unkeepable } from '../../../../electron/create/kept-paths.ts'
import { proposeSizes } from '../../../../electron/create/limits.ts'
import { freeNames, titleFromFile } from '../../../../electron/create/names.ts'
import { nameFromTitle } from '../../../../shared/model/plan-rules.ts'
import { exampleCapabilities, exampleImage, exampleIso, examplePlan, examplePool } from '../../examples.ts'
import { words } from '../../words.ts'
import { linux } from './example.ts'

const GiB = 1024 ** 3

describe('names that are free', () => {
  const machine = (name: string, title: string | null = null) => ({ name, title })

  it('are those of the system where they are', () => {
    expect(freeNames('Debian 12', 'debian12', [])).toEqual({ title: 'Debian 12', name: 'debian12' })
    expect(freeNames('Debian 12', 'debian12', [machine('other', 'Other')])).toEqual({ title: 'Debian 12', name: 'debian12' })
  })

  it('get the same number where either is taken by any name or title', () => {
    expect(freeNames('Debian 12', 'debian12', [machine('debian12')])).toEqual({ title: 'Debian 12 2', name: 'debian12-2' })
    expect(freeNames('Debian 12', 'debian12', [machine('x', 'Debian 12'), machine('debian12-2')])).toEqual({ title: 'Debian 12 3', name: 'debian12-3' })
    expect(freeNames('Debian 12', 'debian12', [machine('Debian 12')])).toMatchObject({ name: 'debian12-2' })
    expect(freeNames('Debian 12', 'debian12', [machine('x', 'debian12')])).toMatchObject({ name: 'debian12-2' })
  })

  it('are never taken, whoever is there', () => {
    const taken = fc.array(fc.record({ name: fc.constantFrom('a', 'a-2', 'a-3', 'A', 'A 2'), title: fc.option(fc.constantFrom('A', 'A 2', 'A 3', 'a-2')) }))
    fc.assert(
      fc.property(taken, (machines) => {
        const { name, title } = freeNames('A', 'a', machines)
        const used = machines.flatMap((one) => [one.name, one.title])
        expect(used).not.toContain(name)
        expect(used).not.toContain(title)
      }),
    )
  })

  it.each([
    ['/a/my_server-disk.qcow2', 'my server-disk'],
    ['/a/two  blanks\tand\nmore.img', 'two blanks and more'],
    ['/a/__.iso', 'vm'],
    ['/a/.iso', '.iso'],
    ['/a/ñandú.raw', 'ñandú'],
    ['/a/no-extension', 'no-extension'],
    ['/a/v1.2.qcow2', 'v1.2'],
  ])('of %j is the title %j', (path, title) => {
    expect(titleFromFile(path)).toBe(title)
  })

  it('of any file are a title of one line', () => {
    fc.assert(
      fc.property(words(), (name) => {
        const title = titleFromFile(`/a/${name.replaceAll('/', '')}.iso`)
        expect(title).not.toMatch(/\p{Cc}/u)
        expect(title.trim()).not.toBe('')
        expect(nameFromTitle(title)).toMatch(/^[a-z0-9][a-z0-9._+-]*$/)
      }),
    )
  })
})

describe('what a machine may have', () => {
  const host = exampleCapabilities()
  const wanting = (cpus: number | null, memoryBytes: number | null, storageBytes: number | null) => ({ ...linux, recommended: { cpus, memoryBytes, storageBytes } })

  it('is what its system recommends', () => {
    const { sizes, limits } = proposeSizes(wanting(3, 3 * GiB, 30 * GiB), exampleIso(), host, 500 * GiB)
    expect(sizes).toEqual({ memoryKiB: 3 * 1024 ** 2, vcpus: 3, diskBytes: 30 * GiB })
    expect(limits).toEqual({
      memoryKiB: { min: 32 * 1024, max: 8 * 1024 ** 2, recommended: 3 * 1024 ** 2 },
      vcpus: { min: 1, max: 4, recommended: 3 },
      diskBytes: { min: GiB, max: 500 * GiB, recommended: 30 * GiB },
    })
  })

  it('is 2 GiB, two processors and 20 GiB where nothing is known', () => {
    expect(proposeSizes(linux, exampleIso(), host, 0).sizes).toEqual({ memoryKiB: 2 * 1024 ** 2, vcpus: 2, diskBytes: 20 * GiB })
    expect(proposeSizes(linux, exampleIso(), null, 0).sizes).toEqual({ memoryKiB: 2 * 1024 ** 2, vcpus: 2, diskBytes: 20 * GiB })
  })

  it('is no more than the host has', () => {
    const small = exampleCapabilities({ cpus: 1, memoryKiB: 1_000_001 })
    const { sizes, limits } = proposeSizes(wanting(8, 16 * GiB, null), exampleIso(), small, 0)
    expect(sizes).toMatchObject({ vcpus: 1, memoryKiB: 976 * 1024 })
    expect(limits.vcpus.max).toBe(1)
  })

  it('is a disk that may grow beyond what is free now', () => {
    expect(proposeSizes(linux, exampleIso(), host, 5 * GiB).limits.diskBytes).toMatchObject({ max: 256 * GiB })
    expect(proposeSizes(wanting(null, null, 300 * GiB), exampleIso(), host, 5 * GiB).limits.diskBytes).toMatchObject({ max: 600 * GiB, recommended: 300 * GiB })
  })

  it('is a copy as large as the image, and never smaller', () => {
    const { sizes, limits } = proposeSizes(linux, exampleImage({ virtualSizeBytes: 3 * GiB + 512 }), host, 0)
    expect(sizes.diskBytes).toBe(3 * GiB + 512)
    expect(limits.diskBytes).toEqual({ min: 3 * GiB + 512, max: 256 * GiB, recommended: 3 * GiB + 512 })
  })

  it('always lies in its range', () => {
    const amount = fc.option(fc.integer({ min: 1, max: 2 ** 45 }))
    const anyHost = fc.option(fc.record({ cpus: fc.integer({ min: 0, max: 512 }), memoryKiB: fc.integer({ min: 0, max: 2 ** 32 }) }))
    const media = fc.oneof(fc.constant(exampleIso()), fc.nat(2 ** 31 - 1).map((virtualSizeBytes) => exampleImage({ virtualSizeBytes })))
    fc.assert(
      fc.property(fc.option(fc.integer({ min: 1, max: 999 })), amount, amount, anyHost, media, fc.nat(), (cpus, memory, storage, facts, medium, free) => {
        const { sizes, limits } = proposeSizes(wanting(cpus, memory, storage), medium, facts && exampleCapabilities(facts), free)
        for (const [size, range] of [[sizes.memoryKiB, limits.memoryKiB], [sizes.vcpus, limits.vcpus], [sizes.diskBytes, limits.diskBytes]] as const) {
          if (size === null || range === null) throw new Error('no size')
          expect(size).toBeGreaterThanOrEqual(range.min)
          expect(size).toBeLessThanOrEqual(range.max)
        }
      }),
    )
  })
})

describe('where a plan’s files go', () => {
  it('is asked only where it makes some', () => {
    expect(makesDisk(examplePlan())).toBe(true)
    expect(makesDisk(examplePlan({ diskBytes: null }))).toBe(false)
    expect(makesDisk(examplePlan({ mediaKind: 'disk', imageUse: 'copy', diskBytes: null }))).toBe(true)
    expect(makesDisk(examplePlan({ mediaKind: 'disk', imageUse: 'in-place' }))).toBe(false)
    expect(storesFiles(examplePlan({ diskBytes: null, imageUse: 'copy' }), 'session')).toBe(true)
    expect(storesFiles(examplePlan({ diskBytes: null }), 'system')).toBe(false)
    // a seed lies in the pool where QEMU is another user; an ISO's machine has none
    const firstStart = { kind: 'documents', userData: '', metaData: '', networkConfig: '' } as const
    const image = examplePlan({ mediaKind: 'disk', imageUse: 'in-place', diskBytes: null, firstStart })
    expect([storesFiles(image, 'session'), storesFiles(image, 'system')]).toEqual([false, true])
    expect(storesFiles({ ...image, firstStart: null }, 'system')).toBe(false)
    expect(storesFiles({ ...image, mediaKind: 'iso', imageUse: null }, 'system')).toBe(false)
  })

  it('is the default pool first, if there still is none', () => {
    const around = (...names: string[]) => ({ kind: 'session' as const, pools: names.map((name) => ({ ...examplePool({ name }), path: '/x' })) })
    const plan = examplePlan({ createDefaultPool: true })
    expect(makesDefaultPool(plan, around('other'))).toBe(true)
    expect(makesDefaultPool(plan, around('default'))).toBe(false)
    expect(makesDefaultPool(examplePlan(), around())).toBe(false)
    expect(makesDefaultPool({ ...plan, diskBytes: null }, around())).toBe(false)
    expect(makesDefaultPool({ ...plan, target: { kind: 'folder', path: '/x' } }, around())).toBe(false)
    expect(makesDefaultPool({ ...plan, target: { kind: 'pool', pool: 'mine' } }, around())).toBe(false)
    expect(poolNamed(around('a', 'b'), 'b')?.name).toBe('b')
    expect(poolNamed(around('a'), 'b')).toBeUndefined()
  })

  it('must be kept by libvirt', () => {
    expect(['/a b/ñ "x"', '/a\tb', '/a\nb', '/a\u0001b'].map(unkeepable)).toEqual([null, 'white-space', 'white-space', 'control'])
    expect(['a\tb.qcow2', '\n', '\u0001.iso', ' x '].map(keepableName)).toEqual(['a b.qcow2', 'disk', '.iso', 'x'])
    fc.assert(
      fc.property(words(), (name) => {
        expect(unkeepable(keepableName(name.replaceAll(/[\uFFFE\uFFFF]/g, '')))).toBeNull()
      }),
    )
  })
})

describe('the identity of a machine', () => {
  it('is the same as long as its plan is looked at, and another once it is made', () => {
    const plan = examplePlan({ name: 'identity' })
    const first = identityOf(plan)
    expect(identityOf({ ...plan, memoryKiB: 1 })).toBe(first)
    expect(identityOf({ ...plan, name: 'other' })).not.toEqual(first)
    expect(identityOf({ ...plan, connection: 'c2' })).not.toEqual(first)
    expect(takeIdentity(plan)).toBe(first)
    expect(identityOf(plan)).not.toEqual(first)
  })

  it('is forgotten after many plans that were never made', () => {
    const plan = examplePlan({ name: 'forgotten' })
    const first = identityOf(plan)
    for (let number = 0; number < 60; number++) identityOf(examplePlan({ name: `n${number}` }))
    expect(identityOf(plan)).not.toEqual(first)
  })

  it('has QEMU’s kind of address and a password that VNC takes whole', () => {
    const one = drawIdentity()
    expect(one.mac).toMatch(/^52:54:00(:[0-9a-f]{2}){3}$/)
    expect(one.displayPassword).toMatch(/^[a-zA-Z2-9]{8}$/)
    expect(one.displayPassword).not.toMatch(/[lIO01]/)
    expect(new Set(Array.from({ length: 50 }, () => drawIdentity().displayPassword)).size).toBe(50)
    expect(one.uuid).not.toBe(one.poolUuid)
  })
})
