/** A new network: what is to be said before it is made, and making it. */
import { randomUUID } from 'node:crypto'
import { AppError } from '../../shared/model/error.ts'
import type { HostNetworking } from '../../shared/model/host-networking.ts'
import { checkNetwork, type Around } from '../../shared/model/network-checks.ts'
import { isOwnBridge } from '../../shared/model/network-checks/around.ts'
import type { NetworkEdit, NetworkEditOutcome, NetworkFinding, NetworkPlan } from '../../shared/model/network-plan.ts'
import type { Network } from '../../shared/model/network.ts'
import { connectionKind } from '../libvirt/connection.ts'
import { isCode } from '../libvirt/errors.ts'
import { ifaceNetworking } from '../libvirt/iface/index.ts'
import { buildNetwork, type NetworkIdentity } from '../libvirt/network/build.ts'
import { networkEdit, previewNetworkEdit, type NetworkChange } from '../libvirt/network/edit.ts'
import { drawMac, networkDefineArguments, networkList } from '../libvirt/network/index.ts'
import type { Target } from '../libvirt/target.ts'
import { hostNetworking } from '../system/host-networking/index.ts'
import { runSteps } from './run-steps.ts'
import { message, virshStep, type Step } from './steps.ts'
import { lineOf } from './work.ts'

/** The host's network, of another computer what libvirt tells of it; null where neither can be had (no iproute2, a libvirt without host devices). */
export async function networkHost(target: Target, networks: readonly Network[]): Promise<HostNetworking | null> {
  const kind = connectionKind(target.uri)
  const bridges = new Set(networks.filter(isOwnBridge).flatMap((one) => one.bridge ?? []))
  if (kind !== 'system' && kind !== 'session') return ifaceNetworking(target, bridges)
  return hostNetworking(bridges).catch((problem: unknown) => (isCode(problem, 'program-missing') ? null : Promise.reject(problem)))
}

/** Networks and host, read anew. */
export async function networkAround(target: Target, own?: string): Promise<Around> {
  const networks = await networkList(target)
  return { networks, host: await networkHost(target, networks), own }
}

/** What stops the network, and what is worth knowing; said before libvirt refuses. */
export async function checkNewNetwork(target: Target, plan: NetworkPlan): Promise<readonly NetworkFinding[]> {
  return checkNetwork(plan, await networkAround(target))
}

/** The same of a change of a network. Errors: network-missing. */
export async function checkNetworkEdit(target: Target, uuid: string, edit: NetworkEdit): Promise<readonly NetworkFinding[]> {
  const around = await networkAround(target, uuid)
  const network = around.networks.find((one) => one.uuid === uuid)
  if (!network) throw new AppError('network-missing', { name: uuid })
  const { connection, name, active, autostart } = network
  return checkNetwork({ ...edit, connection, name, start: active, autostart }, around)
}

/** Errors: invalid-input (params.finding), and those of networkEdit. */
export async function editNetwork(target: Target, uuid: string, change: NetworkChange): Promise<NetworkEditOutcome> {
  throwWrong(await checkNetworkEdit(target, uuid, change.edit))
  return networkEdit(target, uuid, change)
}

/** The document and the lines of an edit. Errors: invalid-input (params.finding), and those of previewNetworkEdit. */
export async function previewEdit(target: Target, uuid: string, edit: NetworkEdit): Promise<{ readonly xml: string; readonly lines: readonly string[] }> {
  throwWrong(await checkNetworkEdit(target, uuid, edit))
  return previewNetworkEdit(target, uuid, edit)
}

function throwWrong(findings: readonly NetworkFinding[]): void {
  const wrong = findings.find((one) => one.level === 'error')
  if (wrong) throw new AppError('invalid-input', { ...wrong.params, field: wrong.field, finding: wrong.code })
}

const noControl = { signal: new AbortController().signal, progress: () => undefined, step: () => undefined, log: () => undefined }

/**
 * Defines the network, and starts it, now and with the host, as the plan wants. What fails leaves nothing.
 * Errors: invalid-input (params.finding), network-forbidden in a session, and libvirt's.
 */
export async function createNetwork(target: Target, plan: NetworkPlan): Promise<{ uuid: string }> {
  refuseSession(target)
  throwWrong(await checkNewNetwork(target, plan))
  const identity = drawIdentity()
  await runSteps(target, networkSteps(plan, identity), noControl)
  return { uuid: identity.uuid }
}

/** A person's own libvirt defines a network and cannot start it: a bridge takes rights. Root's session is the system's libvirt. */
function refuseSession(target: Target): void {
  if (connectionKind(target.uri) === 'session' && process.getuid?.() !== 0) throw new AppError('network-forbidden', { bridge: '' })
}

/** Its document and the lines that make it. Errors: invalid-input (params.finding). */
export async function previewNetwork(target: Target, plan: NetworkPlan): Promise<{ xml: string; lines: string[] }> {
  throwWrong(await checkNewNetwork(target, plan))
  const identity = drawIdentity()
  return { xml: buildNetwork(plan, identity), lines: networkSteps(plan, identity).map((step) => lineOf(target, step.work)) }
}

export const drawIdentity = (): NetworkIdentity => ({ uuid: randomUUID(), mac: drawMac() })

/** define, start and autostart, as the plan wants, each with its undo. */
export function networkSteps(plan: NetworkPlan, identity: NetworkIdentity): Step[] {
  const option = `--network=${identity.uuid}`
  const params = { network: plan.name }
  const define: Step = {
    message: message('network-define', params),
    work: { kind: 'document', args: networkDefineArguments, xml: buildNetwork(plan, identity) },
    undo: [virshStep('net-undefine', option)],
    undoPartly: true,
  }
  const start: Step = { message: message('network-start', params), work: virshStep('net-start', option), undo: [virshStep('net-destroy', option)], undoPartly: true }
  const autostart: Step = { message: message('network-autostart', params), work: virshStep('net-autostart', option) }
  return [define, ...(plan.start ? [start] : []), ...(plan.autostart ? [autostart] : [])]
}
