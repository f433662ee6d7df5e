import { describe, expect, it } from 'vitest'
import { findingsOf, nextForm, type FormEvent, type PlanForm } from '../../../../renderer/features/new-machine/form.ts'
import type { MachinePlan, PlanFinding, PlanProposal } from '../../../../shared/model/plan.ts'
import { exampleIso, examplePlan, exampleProposal } from '../../examples.ts'

const GiB = 1024 ** 3
const finding = (field: PlanFinding['field'], level: PlanFinding['level'], code: string): PlanFinding => ({
  field,
  level,
  code,
  params: {},
})

const proposed = (proposal: PlanProposal = exampleProposal(), form: PlanForm | null = null): PlanForm =>
  nextForm(form, { kind: 'proposed', proposal }) ?? expect.unreachable()

const edited = (form: PlanForm, patch: Partial<MachinePlan>, taken: readonly string[] = []): PlanForm =>
  nextForm(form, { kind: 'edited', patch, taken }) ?? expect.unreachable()

describe('a proposal', () => {
  it('fills the form with nothing edited', () => {
    const form = proposed(exampleProposal({ findings: [finding('memoryKiB', 'note', 'x')] }))
    expect([form.plan, form.edited.size, form.nameFollows, form.findings.length]).toEqual([examplePlan(), 0, true, 1])
  })

  it('for the same file keeps what was edited', () => {
    const before = edited(proposed(), { memoryKiB: 1024 ** 2, title: 'Mine' })
    const again = exampleProposal({
      plan: examplePlan({ osId: 'other', memoryKiB: 4 * 1024 ** 2, vcpus: 4, title: 'Theirs' }),
    })
    const { plan, edited: fields } = proposed(again, before)
    expect([plan.osId, plan.memoryKiB, plan.vcpus, plan.title]).toEqual(['other', 1024 ** 2, 4, 'Mine'])
    expect([...fields].toSorted()).toEqual(['memoryKiB', 'title'])
  })

  it('for another file begins anew', () => {
    const before = edited(proposed(), { memoryKiB: 1024 ** 2, name: 'mine' })
    const other = exampleProposal({
      plan: examplePlan({ mediaPath: '/other.iso' }),
      media: exampleIso({ path: '/other.iso' }),
    })
    const form = proposed(other, before)
    expect([form.plan, form.edited.size, form.nameFollows]).toEqual([other.plan, 0, true])
  })
})

describe('an edit', () => {
  it('is remembered by its field', () => {
    const form = edited(edited(proposed(), { vcpus: 1 }), { firmware: 'uefi' })
    expect([form.plan.vcpus, form.plan.firmware, [...form.edited].toSorted()]).toEqual([
      1,
      'uefi',
      ['firmware', 'vcpus'],
    ])
  })

  it('stays within what the host can give', () => {
    const form = edited(proposed(), { memoryKiB: 99 * 1024 ** 3, vcpus: 99, diskBytes: 1 })
    expect([form.plan.memoryKiB, form.plan.vcpus, form.plan.diskBytes]).toEqual([8 * 1024 ** 2, 4, GiB])
    const least = edited(proposed(), { memoryKiB: 0, vcpus: 0 })
    expect([least.plan.memoryKiB, least.plan.vcpus]).toEqual([32_768, 1])
  })

  it('before there is a proposal is nothing', () => {
    expect(nextForm(null, { kind: 'edited', patch: { vcpus: 1 }, taken: [] })).toBeNull()
    expect(nextForm(null, { kind: 'name-left', taken: [] })).toBeNull()
  })
})

describe('the name', () => {
  it('follows the title, to one that is free', () => {
    const form = edited(proposed(), { title: 'Debian 12' }, ['debian12', 'debian12-2'])
    expect([form.plan.name, form.edited.has('name')]).toEqual(['debian12-3', false])
  })

  it('typed by hand stays as it is', () => {
    const form = edited(edited(proposed(), { name: 'aula' }), { title: 'Other' })
    expect([form.plan.name, form.nameFollows]).toEqual(['aula', false])
  })

  it('emptied follows again, when the field is left', () => {
    const emptied = edited(edited(proposed(), { name: 'aula' }), { name: ' ' })
    expect([emptied.plan.name, emptied.nameFollows, emptied.edited.has('name')]).toEqual([' ', true, false])
    expect(nextForm(emptied, { kind: 'name-left', taken: ['debian11'] })?.plan.name).toBe('debian11-2')
  })

  it('typed by hand is left alone when the field is left', () => {
    const form = edited(proposed(), { name: 'aula' })
    expect(nextForm(form, { kind: 'name-left', taken: [] })).toBe(form)
  })
})

describe('the use of an image', () => {
  const image = exampleProposal({ plan: examplePlan({ mediaKind: 'disk', imageUse: 'copy', diskBytes: 20 * GiB }) })

  it('in place has no limit of its own, and copied again has the first one', () => {
    const inPlace = edited(proposed(image), { imageUse: 'in-place' })
    expect(inPlace.plan.diskBytes).toBeNull()
    expect(edited(inPlace, { imageUse: 'copy' }).plan.diskBytes).toBe(20 * GiB)
  })

  it('copied keeps the limit that was set', () => {
    expect(edited(edited(proposed(image), { diskBytes: 30 * GiB }), { imageUse: 'copy' }).plan.diskBytes).toBe(30 * GiB)
  })
})

describe('findings', () => {
  const checked = (plan: MachinePlan): FormEvent => ({
    kind: 'checked',
    plan,
    findings: [finding('name', 'error', 'name-taken')],
  })

  it('are taken for the plan as it stands, and not for one that was changed meanwhile', () => {
    const form = proposed()
    const later = edited(form, { vcpus: 1 })
    expect(nextForm(later, checked(later.plan))?.findings.length).toBe(1)
    expect(nextForm(later, checked(form.plan))).toBe(later)
  })

  it('of a field come gravest first', () => {
    const all = [
      finding('name', 'note', 'a'),
      finding('title', 'error', 'b'),
      finding('name', 'error', 'c'),
      finding('name', 'warning', 'd'),
    ]
    expect(findingsOf(all, 'name').map((one) => one.code)).toEqual(['c', 'd', 'a'])
    expect(findingsOf(all, 'name', 'title').map((one) => one.code)).toEqual(['b', 'c', 'd', 'a'])
    expect(findingsOf(all, 'vcpus')).toEqual([])
  })
})

it('a closed form is none', () => expect(nextForm(proposed(), { kind: 'closed' })).toBeNull())
