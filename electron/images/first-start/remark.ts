import type { FirstStartDocument } from '../../../shared/model/first-start.ts'

/** Something to be said about what a first start is told; its sentence is `findings:first-start-<code>`. */
export interface Remark {
  readonly level: 'error' | 'warning' | 'note'
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
  /** Null where it is about the form. */
  readonly document: FirstStartDocument | null
}
