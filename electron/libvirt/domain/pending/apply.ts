/** Giving a running machine what its next start has. https://libvirt.org/manpages/virsh.html#domain-commands */
import { AppError, toWireError } from '../../../../shared/model/error.ts'
import type { FieldFailure, PendingChange } from '../../../../shared/model/pending.ts'
import { isCode } from '../../errors.ts'
import type { Target } from '../../target.ts'
import { virshWriteDocument } from '../../virsh.ts'
import { buildXml, child, children, cloneXml, insert, remove, type XmlElement } from '../../xml/document.ts'
import { domainRemoveInterface } from '../cards/remove.ts'
import { describe } from '../describe.ts'
import { setLiveCpus, setLiveMemory } from '../live-resources.ts'
import { deviceOf } from './device-of.ts'
import { twoDocuments, type TwoDocuments } from './documents.ts'

/**
 * Applies these changes one by one; the answer is what libvirt or the guest refused. A field that is the same meanwhile is
 * done. Errors: not-found, not-active, not-persistent.
 */
export async function domainApplyPending(target: Target, uuid: string, fields: readonly string[]): Promise<readonly FieldFailure[]> {
  const documents = await twoDocuments(target, uuid)
  const failures: FieldFailure[] = []
  for (const change of documents.changes.filter(({ field }) => fields.includes(field))) {
    try {
      await applyOne({ target, uuid }, documents, change)
    } catch (error) {
      failures.push({ field: change.field, error: toWireError(error) })
    }
  }
  return failures
}

interface Machine {
  readonly target: Target
  readonly uuid: string
}

async function applyOne(machine: Machine, documents: TwoDocuments, change: PendingChange): Promise<void> {
  const { target, uuid } = machine
  if (!change.applicable) throw new AppError('unsupported', { name: change.field })
  switch (change.kind) {
    case 'words':
      return describe(target, uuid, ['--live'], change.field === 'title' ? ['--title'] : [], change.next)
    case 'kib':
      return setLiveMemory(target, uuid, change.next)
    case 'count':
      return setLiveCpus(target, uuid, change.next)
    case 'disk':
      return changeMedium(machine, documents, change.field)
    case 'interface':
      return changeCard(machine, documents, change)
    default:
      throw new AppError('unsupported', { name: change.field })
  }
}

/** The stored drive is what the running one becomes; a guest that has locked its tray is overruled. */
async function changeMedium({ target, uuid }: Machine, { next }: TwoDocuments, field: string): Promise<void> {
  const drive = deviceOf(next, field)
  if (!drive) throw new AppError('not-found', { name: field })
  const command = ['update-device', `--domain=${uuid}`, '--live']
  const xml = buildXml(withoutPlace(drive))
  try {
    await virshWriteDocument(target, command, xml)
  } catch (error) {
    if (!isCode(error, 'busy')) throw error
    await virshWriteDocument(target, [...command, '--force'], xml)
  }
}

async function changeCard(machine: Machine, { live, next }: TwoDocuments, change: PendingChange & { readonly kind: 'interface' }): Promise<void> {
  const { target, uuid } = machine
  const stored = deviceOf(next, change.field)
  const running = deviceOf(live, change.field)
  if (stored && running) {
    await virshWriteDocument(target, ['update-device', `--domain=${uuid}`, '--live'], buildXml(asBootsNow(stored, running)))
  } else if (stored) {
    await plugIn(machine, stored)
  } else if (!(await domainRemoveInterface(target, uuid, change.live?.mac ?? ''))) {
    throw new AppError('device-kept', { name: change.live?.mac ?? '' })
  }
}

/** In the slot that the next start gives it where that is free, so that the guest calls it the same; else in any. */
async function plugIn({ target, uuid }: Machine, stored: XmlElement): Promise<void> {
  const command = ['attach-device', `--domain=${uuid}`, '--live']
  try {
    await virshWriteDocument(target, command, buildXml(stored))
  } catch (error) {
    if (!child(stored, 'address')) throw error
    await virshWriteDocument(target, command, buildXml(withoutPlace(stored)))
  }
}

/** libvirt takes no other boot order while it runs, and gives a device the slot that it has. */
function asBootsNow(stored: XmlElement, running: XmlElement): XmlElement {
  const made = withoutPlace(stored)
  for (const boot of children(made, 'boot')) remove(made, boot)
  const boot = child(running, 'boot')
  if (boot) insert(made, cloneXml(boot))
  return made
}

function withoutPlace(device: XmlElement): XmlElement {
  const made = cloneXml(device)
  for (const tag of ['address', 'alias']) for (const one of children(made, tag)) remove(made, one)
  return made
}
