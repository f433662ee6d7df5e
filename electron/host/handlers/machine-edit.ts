/** Editing a machine, and what waits for its next start. */
import { AppError } from '../../../shared/model/error.ts'
import { checkEdit, limitsOf, type EditLimits, type MachineEdit } from '../../../shared/model/machine-edit.ts'
import type { FieldFailure } from '../../../shared/model/pending.ts'
import { freeMemory } from '../../libvirt/connection.ts'
import { dividesMemory, domainApplyPending, domainDiscardPending, domainEdit, domainGet, domainXml } from '../../libvirt/domain/index.ts'
import type { Target } from '../../libvirt/target.ts'
import { parseXml } from '../../libvirt/xml/document.ts'
import type { HandlerContext, HandlersOf } from '../context.ts'
import { act, type Ref } from './act.ts'

type Settling = (target: Target, uuid: string, fields: readonly string[]) => Promise<readonly FieldFailure[]>

/** What waits for a restart is applied or taken back; the answer is the machine after it, and what was refused. */
const settling = (action: Settling) => (ref: Ref & { readonly fields: readonly string[] }, context: HandlerContext) =>
  act(ref, context, async (target) => {
    const failures = await action(target, ref.uuid, ref.fields)
    return { details: await domainGet(target, ref.uuid), failures }
  })

async function limitsFor({ connection, uuid }: Ref, context: HandlerContext): Promise<EditLimits> {
  const target = await context.connections.target(connection)
  const [xml, free] = await Promise.all([domainXml(target, uuid, 'config'), freeMemory(target)])
  return limitsOf(context.connections.get(connection).view.capabilities, free, dividesMemory(parseXml(xml)))
}

/** Said before libvirt is asked. Errors: not-found, invalid-input (params.finding). */
async function refuse(ref: Ref, edit: MachineEdit, context: HandlerContext): Promise<void> {
  const target = await context.connections.target(ref.connection)
  const [details, inventory] = await Promise.all([domainGet(target, ref.uuid), context.connections.inventory(ref.connection)])
  const sizes = edit.memory !== undefined || edit.vcpus !== undefined
  const limits = sizes ? await limitsFor(ref, context) : null
  const wrong = checkEdit(edit, { details, machines: inventory.domains, limits }).find(({ level }) => level === 'error')
  if (wrong) throw new AppError('invalid-input', { ...wrong.params, field: wrong.field, finding: wrong.code })
}

type Names = 'domain.edit' | 'domain.edit-limits' | 'domain.apply-pending' | 'domain.discard-pending'

export const machineEditHandlers: HandlersOf<Names> = {
  'domain.edit': async ({ connection, uuid, ...edit }, context) => {
    await refuse({ connection, uuid }, edit, context)
    return act({ connection, uuid }, context, async (target) => {
      const failures = await domainEdit(target, uuid, edit)
      return { details: await domainGet(target, uuid), failures }
    })
  },
  'domain.edit-limits': limitsFor,
  'domain.apply-pending': settling(domainApplyPending),
  'domain.discard-pending': settling(domainDiscardPending),
}
