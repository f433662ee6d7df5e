import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MachinePlan, PlanFinding } from '../../../shared/model/plan.ts'
import { canCreate, copiesIso, fitCpus, fitDisk, fitMemory, freeName, keepEdits, longestName, makesDisk, nameFromTitle } from '../../../shared/model/plan-rules.ts'
import { examplePlan, exampleProposal } from '../examples.ts'

const GiB = 1024 ** 3

describe('a name made from a title', () => {
  it.each([
    ['Debian 12', 'debian12'],
    ['Ubuntu 20.10 2', 'ubuntu20.10-2'],
    ['Ubuntu 24.04 LTS', 'ubuntu24.04-lts'],
    ['CentOS Stream 9', 'centos-stream9'],
    ['Microsoft Windows 11', 'microsoft-windows11'],
    ['Máquina de Íñigo', 'maquina-de-inigo'],
    ['my_server', 'my_server'],
    ['a/b\\c:d', 'a-b-c-d'],
    ['  --x--  ', 'x'],
    ['.hidden', 'hidden'],
    ['..', 'vm'],
    ['42', 'vm42'],
    ['中文', 'vm'],
    ['', 'vm'],
    ['C++', 'c'],
    ['a.b.', 'a.b'],
  ])('%j is %s', (title, name) => {
    expect(nameFromTitle(title)).toBe(name)
  })

  it('of any title is one that libvirt and virsh take', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (title) => {
        const name = nameFromTitle(title)
        expect(name).toMatch(/^[a-z0-9][a-z0-9._+-]*$/)
        expect(name).not.toMatch(/^\d+$/)
        expect(name.length).toBeLessThanOrEqual(longestName + 2)
      }),
    )
  })

  it('of a name is that name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (title) => {
        const name = nameFromTitle(title)
        expect(nameFromTitle(name)).toBe(name)
      }),
    )
  })
})

describe('a free name', () => {
  it('has the first number that is free', () => {
    expect(freeName('a', [])).toBe('a')
    expect(freeName('a', ['a'])).toBe('a-2')
    expect(freeName('a', ['a', 'a-2', 'a-4'])).toBe('a-3')
    expect(freeName('a', ['A'])).toBe('a')
  })
})

describe('values in their ranges', () => {
  it('are whole mebibytes, and the ends are always allowed', () => {
    const range = { min: 1000, max: 1_000_001, recommended: null }
    expect(fitMemory(2_000, range)).toBe(2_048)
    expect(fitMemory(1, range)).toBe(1000)
    expect(fitMemory(9e9, range)).toBe(1_000_001)
    expect(fitDisk(1.4 * 1024 ** 2, { min: 0, max: GiB, recommended: null })).toBe(1024 ** 2)
    expect(fitCpus(2.6, { min: 1, max: 4, recommended: 1 })).toBe(3)
  })
})

describe('a plan that is proposed again', () => {
  const edited = (...fields: (keyof MachinePlan)[]) => new Set(fields)
  const old = examplePlan({ title: 'Mine', name: 'mine', memoryKiB: 1024 ** 2, vcpus: 4, diskBytes: 30 * GiB, openConsole: false, acceleration: 'kvm', firmware: 'uefi', network: { kind: 'none' } })

  it('is the new one where nothing was edited', () => {
    expect(keepEdits(old, edited(), exampleProposal())).toEqual(exampleProposal().plan)
  })

  it('keeps what was edited', () => {
    const all = edited('title', 'name', 'memoryKiB', 'vcpus', 'diskBytes', 'openConsole', 'acceleration', 'firmware', 'network')
    expect(keepEdits(old, all, exampleProposal())).toEqual({ ...old, osId: exampleProposal().plan.osId })
  })

  it('keeps the name with the title that it follows', () => {
    expect(keepEdits(old, edited('title'), exampleProposal())).toMatchObject({ title: 'Mine', name: 'mine' })
    expect(keepEdits(old, edited('name'), exampleProposal())).toMatchObject({ title: 'Debian 11', name: 'mine' })
  })

  it('brings sizes into their new ranges', () => {
    const limits = { ...exampleProposal().limits, memoryKiB: { min: 2 * 1024 ** 2, max: 4 * 1024 ** 2, recommended: null }, vcpus: { min: 1, max: 2, recommended: 1 } }
    expect(keepEdits(old, edited('memoryKiB', 'vcpus'), exampleProposal({ limits }))).toMatchObject({ memoryKiB: 2 * 1024 ** 2, vcpus: 2 })
  })

  it('drops what is no longer possible', () => {
    const elsewhere = exampleProposal({ kvm: false, uefi: false, pools: [], sources: [] })
    const wanted = { ...old, target: { kind: 'pool', pool: 'gone' }, network: { kind: 'network', name: 'gone' } } as const
    expect(keepEdits(wanted, edited('acceleration', 'firmware', 'target', 'network'), elsewhere)).toMatchObject({
      acceleration: 'auto', firmware: 'bios', target: { kind: 'pool', pool: 'default' }, network: { kind: 'network', name: 'default' },
    })
    expect(keepEdits({ ...old, acceleration: 'tcg' }, edited('acceleration'), elsewhere).acceleration).toBe('tcg')
  })

  it('keeps a bridge of the host where the other connection has it too', () => {
    const wanted = { ...old, network: { kind: 'bridge', name: 'br0' } } as const
    const bridge = { type: 'bridge', obstacle: null, entries: [{ name: 'br0', obstacle: null, note: null }] } as const
    expect(keepEdits(wanted, edited('network'), exampleProposal({ sources: [bridge] })).network).toEqual(wanted.network)
    expect(keepEdits(wanted, edited('network'), exampleProposal()).network).toEqual({ kind: 'network', name: 'default' })
  })

  it('with a folder of the person’s own makes no pool', () => {
    const proposal = exampleProposal({ plan: examplePlan({ createDefaultPool: true }) })
    const folder = { kind: 'folder', path: '/mine' } as const
    expect(keepEdits({ ...old, target: folder }, edited('target'), proposal)).toMatchObject({ target: folder, createDefaultPool: false })
    expect(keepEdits({ ...old, target: { kind: 'pool', pool: 'default' } }, edited('target'), proposal)).toMatchObject({ createDefaultPool: true })
  })

  it('of an image that is used in place has no disk of its own', () => {
    const image = exampleProposal({ plan: examplePlan({ mediaKind: 'disk', imageUse: 'copy', diskBytes: 5 * GiB }) })
    expect(keepEdits({ ...old, imageUse: 'in-place' }, edited('imageUse'), image)).toMatchObject({ imageUse: 'in-place', diskBytes: null })
  })
})

describe('what a plan makes', () => {
  it('is a disk for an ISO, a copy of an image, or a copy of an ISO', () => {
    expect([makesDisk(examplePlan()), makesDisk(examplePlan({ diskBytes: null })), makesDisk(examplePlan({ mediaKind: 'disk', imageUse: 'copy', diskBytes: null })), makesDisk(examplePlan({ mediaKind: 'disk', imageUse: 'in-place' }))]).toEqual([true, false, true, false])
    expect([copiesIso(examplePlan({ imageUse: 'copy' })), copiesIso(examplePlan()), copiesIso(examplePlan({ mediaKind: 'disk', imageUse: 'copy' }))]).toEqual([true, false, false])
  })

  it('is stopped by errors alone', () => {
    const finding = (level: PlanFinding['level']): PlanFinding => ({ field: 'name', level, code: 'x', params: {} })
    expect([canCreate([]), canCreate([finding('warning'), finding('note')]), canCreate([finding('note'), finding('error')])]).toEqual([true, true, false])
  })
})
