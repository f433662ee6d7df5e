/** State of the review page: the plan as edited, what was edited, and whether the name still follows the title. */
import type { MachinePlan, PlanFinding, PlanProposal } from '../../../shared/model/plan.ts'
import { fitCpus, fitDisk, fitMemory, freeName, keepEdits, nameFromTitle } from '../../../shared/model/plan-rules.ts'

export interface PlanForm {
  readonly proposal: PlanProposal
  readonly plan: MachinePlan
  readonly edited: ReadonlySet<keyof MachinePlan>
  /** The name is made from the title until it is typed by hand; emptied, it follows again. */
  readonly nameFollows: boolean
  readonly findings: readonly PlanFinding[]
}

export type FormEvent =
  /** A proposal came; edits are kept where they are still possible, unless it is for another file. */
  | { readonly kind: 'proposed'; readonly proposal: PlanProposal }
  | { readonly kind: 'edited'; readonly patch: Partial<MachinePlan>; readonly taken: readonly string[] }
  /** The name field was left; left empty, the name follows the title again. */
  | { readonly kind: 'name-left'; readonly taken: readonly string[] }
  /** Findings of the host for the plan as it stands. */
  | { readonly kind: 'checked'; readonly plan: MachinePlan; readonly findings: readonly PlanFinding[] }
  | { readonly kind: 'closed' }

function proposed(form: PlanForm | null, proposal: PlanProposal): PlanForm {
  if (form === null || form.plan.mediaPath !== proposal.plan.mediaPath) {
    return { proposal, plan: proposal.plan, edited: new Set(), nameFollows: true, findings: proposal.findings }
  }
  return { ...form, proposal, plan: keepEdits(form.plan, form.edited, proposal), findings: proposal.findings }
}

/** Numbers brought into their ranges; they never leave them. */
function fitted(plan: MachinePlan, { limits }: PlanProposal): MachinePlan {
  return {
    ...plan,
    memoryKiB: fitMemory(plan.memoryKiB, limits.memoryKiB),
    vcpus: fitCpus(plan.vcpus, limits.vcpus),
    diskBytes: plan.diskBytes !== null && limits.diskBytes ? fitDisk(plan.diskBytes, limits.diskBytes) : plan.diskBytes,
  }
}

/** An image used in place has no limit of its own; one that is copied or built on gets the recommended one again. */
function withDisk(plan: MachinePlan, { limits, plan: first }: PlanProposal): MachinePlan {
  if (plan.mediaKind === 'iso') return plan
  if (plan.imageUse === 'in-place') return { ...plan, diskBytes: null }
  if (plan.imageUse !== null && plan.diskBytes === null && limits.diskBytes) {
    return { ...plan, diskBytes: first.diskBytes ?? limits.diskBytes.recommended ?? limits.diskBytes.min }
  }
  return plan
}

function editedForm(form: PlanForm, patch: Partial<MachinePlan>, taken: readonly string[]): PlanForm {
  const edited = new Set(form.edited)
  for (const field of Object.keys(patch) as (keyof MachinePlan)[]) edited.add(field)
  let { nameFollows } = form
  let plan: MachinePlan = { ...form.plan, ...patch }
  if (patch.name !== undefined) nameFollows = patch.name.trim() === ''
  if (nameFollows) edited.delete('name')
  if (nameFollows && patch.title !== undefined) plan = { ...plan, name: freeName(nameFromTitle(plan.title), taken) }
  if (patch.imageUse !== undefined) plan = withDisk(plan, form.proposal)
  return { ...form, plan: fitted(plan, form.proposal), edited, nameFollows }
}

/** The next state; null while nothing was proposed. */
export function nextForm(form: PlanForm | null, event: FormEvent): PlanForm | null {
  switch (event.kind) {
    case 'proposed':
      return proposed(form, event.proposal)
    case 'edited':
      return form && editedForm(form, event.patch, event.taken)
    case 'name-left':
      return form && form.nameFollows
        ? { ...form, plan: { ...form.plan, name: freeName(nameFromTitle(form.plan.title), event.taken) } }
        : form
    case 'checked':
      return form && form.plan === event.plan ? { ...form, findings: event.findings } : form
    case 'closed':
      return null
  }
}

/** Findings of a field, gravest first. */
export function findingsOf(
  findings: readonly PlanFinding[],
  ...fields: readonly PlanFinding['field'][]
): readonly PlanFinding[] {
  const order = { error: 0, warning: 1, note: 2 }
  return findings
    .filter((finding) => fields.includes(finding.field))
    .toSorted((left, right) => order[left.level] - order[right.level])
}
