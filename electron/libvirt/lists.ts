/** Answers of `list --uuid` and its like. */
import type { Answer } from './virsh.ts'

/** The UUIDs that were printed; none where the driver does not know the question. */
export function uuidSet(answer: Answer | undefined): ReadonlySet<string> {
  if (!answer?.ok) return new Set()
  return new Set(answer.text.split(/\s+/).filter((word) => word !== ''))
}
