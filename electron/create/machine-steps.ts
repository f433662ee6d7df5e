/** A plan as steps: storage, network, definition, start. The same steps are shown beforehand and run. */
import type { MachinePlan } from '../../shared/model/plan.ts'
import { inspectMedia } from '../images/media.ts'
import { systemTraitsOf } from '../images/systems.ts'
import { defineArguments } from '../libvirt/domain/define.ts'
import { withLastWords } from '../libvirt/domain/last-words.ts'
import { reconnectMachines } from '../libvirt/network/reconnect.ts'
import type { Target } from '../libvirt/target.ts'
import { textOf, virshRead } from '../libvirt/virsh.ts'
import { attr, buildXml, child, children, parseXml, text } from '../libvirt/xml/document.ts'
import type { CreationDependencies } from './dependencies.ts'
import { firstStartSteps } from './first-start-steps.ts'
import type { Identity } from './identity.ts'
import { machineDocument } from './machine-document.ts'
import { message, type Step } from './steps.ts'
import { storageSteps } from './storage-steps.ts'
import { knownAround, readSurroundings, type Surroundings } from './surroundings.ts'

/** Errors: those of looking into the medium (file-missing, file-unreadable, file-wrong-kind), not-found for a pool that is gone. */
export async function machineSteps(deps: CreationDependencies, plan: MachinePlan, identity: Identity): Promise<Step[]> {
  const arch = deps.capabilities?.arch ?? 'x86_64'
  const virtType = accelerationOf(deps, plan)
  const [around, traits] = await Promise.all([readSurroundings(deps), systemTraitsOf(plan.osId, arch)])
  const { media } = await inspectMedia(deps.target, plan.mediaPath, knownAround(around))
  const storage = await storageSteps({ deps, plan, around, media, identity })
  const tpm = plan.firmware === 'uefi' && (await offersTpm(deps, virtType))
  const facts = { plan, identity, traits, kind: around.kind, virtType, arch, disk: storage.disk, cd: storage.cd, createdFiles: storage.createdFiles, tpm }
  const machine = machineDocument(facts)
  const xml = `${buildXml(machine)}\n`
  const first = await firstStartSteps({ deps, plan, around, identity }, machine)
  const secrets = around.kind === 'session' ? [] : [{ value: identity.displayPassword }]
  const domain = `--domain=${identity.uuid}`
  const params = { name: plan.name }
  return [
    ...storage.steps,
    ...networkSteps(deps.target, plan, around),
    ...(first ? [first.seed] : []),
    {
      message: message('define', params),
      work: { kind: 'document', args: defineArguments, xml, secrets },
      undo: [{ kind: 'virsh', args: ['undefine', domain, '--nvram', '--managed-save', '--snapshots-metadata'] }],
      undoPartly: true,
    },
    {
      message: message('start', params),
      work: first ? { kind: 'document', args: first.startArguments, xml: first.xml, secrets } : { kind: 'virsh', args: ['start', domain] },
      undo: [{ kind: 'virsh', args: ['destroy', domain] }],
      undoPartly: true,
      explain: (problem) => withLastWords(deps.target, identity.uuid, problem),
    },
  ]
}

/** A network that is off would stop the start. */
function networkSteps(target: Target, { network }: MachinePlan, around: Surroundings): Step[] {
  if (network.kind !== 'network') return []
  const known = around.networks.find((candidate) => candidate.name === network.name)
  if (!known || known.active) return []
  const option = `--network=${network.name}`
  return [
    {
      message: message('network-start', { network: network.name }),
      work: { kind: 'virsh', args: ['net-start', option] },
      after: () => reconnectMachines(target, known.uuid), // others that ran on it before it was stopped
      undo: [{ kind: 'virsh', args: ['net-destroy', option] }],
      doneAlready: 'already-active',
    },
  ]
}

/** "auto" is KVM where libvirt offers it, else QEMU's software emulation. */
function accelerationOf({ capabilities }: CreationDependencies, plan: MachinePlan): 'kvm' | 'qemu' {
  if (plan.acceleration === 'auto') return capabilities?.kvm ? 'kvm' : 'qemu'
  return plan.acceleration === 'kvm' ? 'kvm' : 'qemu'
}

/** Whether libvirt can give an emulated TPM: https://libvirt.org/formatdomaincaps.html#tpm-device */
async function offersTpm({ target }: CreationDependencies, virtType: string): Promise<boolean> {
  const [answer] = await virshRead(target, [['domcapabilities', `--virttype=${virtType}`, '--machine=q35']])
  if (!answer?.ok) return false
  const tpm = child(parseXml(textOf(answer)), 'devices', 'tpm')
  const backend = children(tpm, 'enum', { name: 'backendModel' })[0]
  return attr(tpm, 'supported') === 'yes' && children(backend, 'value').some((value) => text(value) === 'emulator')
}
