import { useMemo, useReducer, useState } from 'react'
import type { NetworkFinding, NetworkPlan } from '../../../shared/model/network-plan.ts'
import { checkNetwork, type Around } from '../../../shared/model/network-checks.ts'
import { nextForm, type FormEvent, type NetworkForm } from './form.ts'
import { isEmpty, valueAt } from './words.ts'

export interface NetworkFormState {
  readonly form: NetworkForm
  readonly dispatch: (event: FormEvent) => void
  /** Remarks to show at their fields. */
  readonly findings: readonly NetworkFinding[]
  /** The first thing that is in the way, or null. */
  readonly obstacle: NetworkFinding | null
  /** Somebody wanted to go on: from now on empty fields are complained about too. */
  readonly attempt: () => void
  /** What the host has found in this very plan. */
  readonly told: (plan: NetworkPlan, findings: readonly NetworkFinding[]) => void
}

/** Both lists, each remark once. */
export function mergeFindings(own: readonly NetworkFinding[], told: readonly NetworkFinding[]): readonly NetworkFinding[] {
  const there = new Set(own.map((one) => `${one.field}:${one.code}`))
  return [...own, ...told.filter((one) => !there.has(`${one.field}:${one.code}`))]
}

/** Whether a remark is shown at its field: that something is still empty is not, before somebody was there. */
export function isShown(finding: NetworkFinding, form: NetworkForm, attempted: boolean): boolean {
  if (attempted || finding.level !== 'error' || form.typed.has(finding.field)) return true
  return !isEmpty(valueAt(form.plan, finding.field))
}

/** The form, and what is wrong with it, worked out anew at every key. */
export function useNetworkForm(first: () => NetworkForm, around: Around): NetworkFormState {
  const [form, dispatch] = useReducer(nextForm, null, first)
  const [attempted, setAttempted] = useState(false)
  const [answer, setAnswer] = useState<{ readonly plan: NetworkPlan; readonly findings: readonly NetworkFinding[] } | null>(null)
  const { plan } = form
  const own = useMemo(() => checkNetwork(plan, around), [plan, around])
  const all = mergeFindings(own, answer?.plan === plan ? answer.findings : [])
  return {
    form,
    dispatch,
    findings: all.filter((one) => isShown(one, form, attempted)),
    obstacle: all.find((one) => one.level === 'error') ?? null,
    attempt: () => setAttempted(true),
    told: (of, findings) => setAnswer({ plan: of, findings }),
  }
}
