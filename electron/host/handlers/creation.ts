import type { CreationDependencies } from '../../create/dependencies.ts'
import { checkPlan, proposePlan } from '../../create/plan.ts'
import { createMachine, previewCommands } from '../../create/run.ts'
import { mediaInspect, mediaList } from '../../images/media.ts'
import { readDocument } from '../../images/first-start/read-document.ts'
import { sshKeys } from '../../images/first-start/ssh-keys.ts'
import { systemSearch } from '../../images/systems.ts'
import { expandPath, userFolder } from '../../system/paths.ts'
import type { HandlerContext, HandlersOf } from '../context.ts'
import type { MachinePlan } from '../../../shared/model/plan.ts'

const downloads = (): string => userFolder('DOWNLOAD', 'Downloads')

async function dependencies(connection: string, context: HandlerContext): Promise<CreationDependencies> {
  const live = context.connections.get(connection)
  await live.ready()
  const settings = context.settings.get()
  return { target: live.target, settings, capabilities: live.view.capabilities, downloads: downloads(), recent: settings.recentFiles }
}

/** Paths of a plan as the rest of the host knows them: absolute, `~` expanded. */
const expanded = (plan: MachinePlan): MachinePlan => ({
  ...plan,
  mediaPath: expandPath(plan.mediaPath),
  target: plan.target.kind === 'folder' ? { kind: 'folder', path: expandPath(plan.target.path) } : plan.target,
})

export const creationHandlers: HandlersOf<
  'media.list' | 'media.inspect' | 'system.search' | 'creation.propose' | 'creation.check' | 'creation.preview' | 'creation.start' | 'ssh-key.list' | 'first-start.read'
> = {
  'media.list': async ({ connection }, context) =>
    mediaList(await context.connections.target(connection), { downloads: downloads(), recent: context.settings.get().recentFiles }),
  'media.inspect': async ({ connection, path }, context) =>
    mediaInspect(await context.connections.target(connection), expandPath(path)),
  'system.search': ({ query, limit }) => systemSearch(query, limit),
  'ssh-key.list': () => sshKeys(),
  'first-start.read': async ({ path }) => ({ text: await readDocument(expandPath(path)) }),
  'creation.propose': async ({ path, ...rest }, context) =>
    proposePlan(await dependencies(rest.connection, context), { ...rest, path: expandPath(path) }),
  'creation.check': async (plan, context) => checkPlan(await dependencies(plan.connection, context), expanded(plan)),
  'creation.preview': async (plan, context) => previewCommands(await dependencies(plan.connection, context), expanded(plan)),
  'creation.start': async (wanted, context) => {
    const plan = expanded(wanted)
    const inventory = await context.connections.inventory(plan.connection)
    const deps = await dependencies(plan.connection, context)
    const title = { key: 'jobs:kind.create-machine', params: { name: plan.title || plan.name } }
    const purpose = { kind: 'create-machine', title } as const
    const { id } = context.jobs.start({ ...purpose, connection: plan.connection, cancellable: true }, async (job) => {
      try {
        const { uuid } = await createMachine(deps, plan, job, purpose)
        await inventory.touched('domain', uuid)
        await context.seeds.lookAfter(uuid)
        context.emit('settings.changed', await context.settings.addRecent(plan.mediaPath))
        return { uuid }
      } finally {
        await Promise.all([inventory.volumesChanged(), inventory.readNetworks()]).catch(() => undefined)
      }
    })
    return { job: id }
  },
}
