/** Changing what a person may change of a machine: the stored document, and what runs where libvirt can. */
import { AppError, toWireError } from '../../../shared/model/error.ts'
import { canBalloon, canPlugCpus, type MachineEdit } from '../../../shared/model/machine-edit.ts'
import type { FieldFailure } from '../../../shared/model/pending.ts'
import type { Target } from '../target.ts'
import { virshWrite } from '../virsh.ts'
import { buildXml, type XmlElement } from '../xml/document.ts'
import { domainDefine } from './define.ts'
import { describe } from './describe.ts'
import { patchBoot } from './devices/os.ts'
import { setLiveCpus, setLiveMemory } from './live-resources.ts'
import { fitTopology, patchMaxMemory, patchMaxVcpus, patchMemory, patchVcpus } from './patch.ts'
import { readState, type EditedMachine } from './edited-machine.ts'
import { readConfig } from './read.ts'
import { domainRedefine } from './redefine.ts'
import { domainRename } from './rename.ts'

/**
 * Sets what is given, live and for the next start. What cannot be kept undoes all of it; what only the running machine
 * refuses waits for its next start, and is the answer, field by field. Errors: not-found, conflict, name-invalid (also a
 * title of several lines), name-taken, rename-running, rename-saved, not-persistent, and what libvirt says of the document.
 */
export async function domainEdit(target: Target, uuid: string, edit: MachineEdit): Promise<readonly FieldFailure[]> {
  const machine = await readState(target, uuid)
  const done: Undo[] = []
  try {
    for (const step of [rename, redefine, words, autostart]) await step({ target, uuid, machine, done }, edit)
  } catch (error) {
    throw await undone(error, done)
  }
  return changeLive({ target, uuid, machine, done }, edit)
}

type Undo = () => Promise<unknown>

interface Work {
  readonly target: Target
  readonly uuid: string
  readonly machine: EditedMachine
  /** What takes back the steps that are done. */
  readonly done: Undo[]
}

/** The last step first. What cannot be taken back is said with the error. */
async function undone(error: unknown, done: readonly Undo[]): Promise<unknown> {
  const left: string[] = []
  for (const back of done.toReversed()) await back().catch((problem: unknown) => left.push(String(problem)))
  if (left.length === 0) return error
  const { code, params, detail, remedies } = toWireError(error)
  return new AppError(code, params, [detail, ...left].join('\n'), remedies)
}

async function rename({ target, uuid, machine, done }: Work, { name }: MachineEdit): Promise<void> {
  if (name === undefined || name === machine.name) return
  const { name: before } = machine
  await domainRename(target, uuid, { name, machine })
  done.push(() => virshWrite(target, ['domrename', `--domain=${uuid}`, `--new-name=${before}`]))
}

/** Memory, processors and boot order in one change of the document. */
async function redefine({ target, uuid, machine, done }: Work, { memory, vcpus, boot }: MachineEdit): Promise<void> {
  if (!memory && !vcpus && !boot) return
  let before = ''
  await domainRedefine(target, uuid, (domain) => {
    before = buildXml(domain)
    if (memory) patchSizes(domain, memory)
    if (vcpus) {
      patchMaxVcpus(domain, vcpus.max)
      patchVcpus(domain, vcpus.count)
      fitTopology(domain)
    }
    if (boot) patchBoot(domain, boot)
    return buildXml(domain) !== before
  })
  if (machine.config) done.push(() => domainDefine(target, before))
}

function patchSizes(domain: XmlElement, { kib, maxKib }: NonNullable<MachineEdit['memory']>): void {
  const now = readConfig(domain)
  if (now.maxMemoryKiB !== maxKib) patchMaxMemory(domain, maxKib)
  if (readConfig(domain).memoryKiB !== kib) patchMemory(domain, kib)
}

/** Live and for the next start, which may differ before. */
async function words({ target, uuid, machine, done }: Work, edit: MachineEdit): Promise<void> {
  for (const field of ['title', 'description'] as const) {
    const wanted = edit[field]
    if (wanted === undefined) continue
    const what = field === 'title' ? ['--title'] : []
    await describe(target, uuid, machine.reach, what, wanted)
    for (const where of machine.reach) {
      const before = where === '--live' ? machine.live : machine.config
      done.push(() => describe(target, uuid, [where], what, before?.[field] ?? null))
    }
  }
}

async function autostart({ target, uuid }: Work, { autostart: wanted }: MachineEdit): Promise<void> {
  if (wanted !== undefined) await virshWrite(target, ['autostart', `--domain=${uuid}`, ...(wanted ? [] : ['--disable'])])
}

/** What the running machine can take now. */
async function changeLive({ target, uuid, machine: { live } }: Work, { memory, vcpus }: MachineEdit): Promise<readonly FieldFailure[]> {
  const failures: FieldFailure[] = []
  const tried = async (field: string, change: () => Promise<void>): Promise<void> => {
    await change().catch((error: unknown) => failures.push({ field, error: toWireError(error) }))
  }
  if (live && memory && live.memoryKiB !== memory.kib && canBalloon(live, memory.kib)) {
    await tried('memory', () => setLiveMemory(target, uuid, memory.kib))
  }
  if (live && vcpus && live.vcpus !== vcpus.count && canPlugCpus(live, vcpus.count)) {
    await tried('vcpus', () => setLiveCpus(target, uuid, vcpus.count))
  }
  return failures
}

