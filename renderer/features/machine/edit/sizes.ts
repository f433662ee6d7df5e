/** Memory and processors of a form: what it has, and the most, which follow one another. */
import type { DomainConfig } from '../../../../shared/model/domain.ts'
import type { CpusEdit, MachineEdit, MemoryEdit } from '../../../../shared/model/machine-edit.ts'

export interface Sizes extends MemoryEdit, CpusEdit {}

export function sizesOf({ memoryKiB, maxMemoryKiB, vcpus, maxVcpus }: DomainConfig): Sizes {
  return { kib: memoryKiB, maxKib: maxMemoryKiB, count: vcpus, max: maxVcpus }
}

/** The most stays with what it has where both were one; else it only grows with it. */
const follow = (value: number, before: number, most: number): number => (before === most ? value : Math.max(most, value))

export const withKib = (sizes: Sizes, kib: number): Sizes => ({ ...sizes, kib, maxKib: follow(kib, sizes.kib, sizes.maxKib) })
export const withCount = (sizes: Sizes, count: number): Sizes => ({ ...sizes, count, max: follow(count, sizes.count, sizes.max) })
export const withMaxKib = (sizes: Sizes, maxKib: number): Sizes => ({ ...sizes, maxKib, kib: Math.min(sizes.kib, maxKib) })
export const withMax = (sizes: Sizes, max: number): Sizes => ({ ...sizes, max, count: Math.min(sizes.count, max) })

/** What differs from the stored document alone. */
export function changedSizes({ kib, maxKib, count, max }: Sizes, config: DomainConfig): MachineEdit {
  const memory = kib !== config.memoryKiB || maxKib !== config.maxMemoryKiB
  const vcpus = count !== config.vcpus || max !== config.maxVcpus
  return { ...(memory ? { memory: { kib, maxKib } } : {}), ...(vcpus ? { vcpus: { count, max } } : {}) }
}
