import type { ReactNode } from 'react'
import type { NetworkFinding } from '../../../shared/model/network-plan.ts'
import { FindingList } from '../../ui/FindingList.tsx'

/** Remarks on a field, where there are any. */
export function FieldFindings({ findings }: { readonly findings: readonly NetworkFinding[] }) {
  return findings.length === 0 ? null : <FindingList findings={findings} />
}

/** Those on a field itself. */
export const at = (findings: readonly NetworkFinding[], ...fields: readonly string[]): readonly NetworkFinding[] =>
  findings.filter((one) => fields.includes(one.field))

/** What Mantine's inputs need to show a hint and remarks under them, and to tell screen readers of both. */
export function described(findings: readonly NetworkFinding[], hint: ReactNode = null) {
  const shown = findings.length > 0
  return {
    description:
      shown || hint !== null ? (
        <>
          {hint}
          <FieldFindings findings={findings} />
        </>
      ) : undefined,
    descriptionProps: { component: 'div' as const },
    error: findings.some((one) => one.level === 'error'),
    inputWrapperOrder: ['label', 'input', 'description'] as ('label' | 'input' | 'description')[],
  }
}
