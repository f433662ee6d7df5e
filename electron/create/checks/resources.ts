/** Memory, processors, acceleration and firmware against the host and the system. */
import type { PlanFinding } from '../../../shared/model/plan.ts'
import { error, note, warning } from '../finding.ts'
import type { CheckContext } from './context.ts'

export const checkResources = (context: CheckContext): PlanFinding[] => [
  ...checkMemory(context),
  ...checkCpus(context),
  ...checkAcceleration(context),
  ...checkFirmware(context),
]

function checkMemory({ plan, deps, around, traits }: CheckContext): PlanFinding[] {
  const host = deps.capabilities
  const { memoryKiB } = plan
  if (memoryKiB <= 0) return [error('memoryKiB', 'memory-none')]
  if (host && memoryKiB > host.memoryKiB) return [error('memoryKiB', 'memory-over-host', { memoryKiB, hostKiB: host.memoryKiB })]
  const found: PlanFinding[] = []
  const free = around.freeMemoryKiB
  if (free !== null && memoryKiB > free) found.push(warning('memoryKiB', 'memory-over-free', { memoryKiB, freeKiB: free }))
  const least = traits.minimum.memoryBytes === null ? 0 : traits.minimum.memoryBytes / 1024
  if (memoryKiB < least) found.push(warning('memoryKiB', 'memory-under-minimum', { memoryKiB, minimumKiB: least }))
  return found
}

function checkCpus({ plan, deps, traits }: CheckContext): PlanFinding[] {
  const { vcpus } = plan
  const host = deps.capabilities
  if (vcpus < 1) return [error('vcpus', 'cpus-none')]
  if (host && vcpus > host.cpus) return [error('vcpus', 'cpus-over-host', { cpus: vcpus, host: host.cpus })]
  const least = traits.minimum.cpus ?? 0
  return vcpus < least ? [warning('vcpus', 'cpus-under-minimum', { cpus: vcpus, minimum: least })] : []
}

function checkAcceleration({ plan, deps, around }: CheckContext): PlanFinding[] {
  // the test driver and others know machines of their own kind only
  if (around.kind === 'test') return [error('acceleration', 'not-qemu')]
  if (plan.acceleration === 'tcg' || deps.capabilities?.kvm) return []
  const code = `no-kvm-${deps.capabilities?.kvmReason ?? 'unknown'}`
  return [plan.acceleration === 'kvm' ? error('acceleration', code) : note('acceleration', code)]
}

function checkFirmware({ plan, deps, traits }: CheckContext): PlanFinding[] {
  if (plan.firmware === 'uefi') return deps.capabilities?.uefi ? [] : [error('osId', 'uefi-missing')]
  if (!traits.requiresUefi) return []
  return [deps.capabilities?.uefi ? warning('osId', 'uefi-wanted') : warning('osId', 'uefi-wanted-missing')]
}
