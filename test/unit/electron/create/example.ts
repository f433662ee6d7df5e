/** What a plan stands in, for the tests of creation: a host, its pools, its networks, its machines. */
import type { CheckContext } from '../../../../electron/create/checks/context.ts'
import type { CreationDependencies } from '../../../../electron/create/dependencies.ts'
import type { Surroundings } from '../../../../electron/create/surroundings.ts'
import { systemTraits } from '../../../../electron/images/osinfo/traits.ts'
import type { SystemTraits } from '../../../../electron/images/systems.ts'
import { usageOf, type MachineFiles } from '../../../../electron/images/usage.ts'
import { exampleCapabilities, exampleIso, exampleNetwork, examplePlan, examplePool, exampleUuid } from '../../examples.ts'
import { makeDatabase } from '../images/systems.ts'

/** A system that osinfo does not know: a Linux of today. */
export const linux: SystemTraits = systemTraits(makeDatabase(), null)

export const exampleDependencies = (more: Partial<CreationDependencies> = {}): CreationDependencies => ({
  target: { uri: 'qemu:///session', connection: 'c1' },
  settings: { acceleration: 'auto' },
  capabilities: exampleCapabilities(),
  downloads: '/downloads',
  recent: [],
  ...more,
})

export const exampleMachine = (number: number, name: string, title: string | null = null, ...paths: readonly string[]): MachineFiles => ({
  uuid: exampleUuid(number),
  name,
  title,
  files: paths.map((path) => ({ path, role: 'disk' })),
  pools: [],
})

/** A session with the usual pool and network, and no machine. */
export async function exampleSurroundings(more: Partial<Surroundings> = {}): Promise<Surroundings> {
  return {
    kind: 'session',
    pools: [{ ...examplePool(), path: '/images' }],
    networks: [exampleNetwork()],
    machines: [],
    usage: await usageOf(more.machines ?? []),
    defaultPoolPath: '/images',
    freeMemoryKiB: 4 * 1024 ** 2,
    qemuUser: null,
    ...more,
  }
}

type Change = Partial<Omit<CheckContext, 'around'>> & { readonly around?: Partial<Surroundings> }

/** A plan with which nothing is wrong. */
export async function exampleContext({ around, ...more }: Change = {}): Promise<CheckContext> {
  return {
    deps: exampleDependencies(),
    plan: examplePlan(),
    around: await exampleSurroundings(around),
    traits: linux,
    inspected: { media: exampleIso(), recognition: null },
    ...more,
  }
}

/** "level field code" of each finding. */
export const said = (findings: readonly { readonly level: string; readonly field: string; readonly code: string }[]): string[] =>
  findings.map(({ level, field, code }) => `${level} ${field} ${code}`)
