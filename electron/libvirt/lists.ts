/** Answers of `list --uuid` and its like. */
import type { Answer } from './virsh.ts'

/** The UUIDs that were printed; none where the driver does not know the question. */
export function uuidSet(answer: Answer | undefined): ReadonlySet<string> {
  return new Set(answer?.ok ? uuidList(answer.text) : [])
}

/** The UUIDs of such a text, in libvirt's order. */
export const uuidList = (text: string): readonly string[] => [...new Set(text.split(/\s+/).filter((word) => word !== ''))]
