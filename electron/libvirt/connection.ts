/** A connection as such: whether it answers, its versions, what its host can give. */
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import type { ConnectionVersions, HostCapabilities } from '../../shared/model/connection.ts'
import { AppError } from '../../shared/model/error.ts'
import { readCapabilities, readEfi, readFreeMemory, readNodeInfo, readProcessOwner, type ProcessOwner } from './capabilities.ts'
import type { Target } from './target.ts'
import { checkUri, connectionKind } from './uri.ts'
import { textOf, virshRead, type ReadOptions } from './virsh.ts'

export { checkUri, connectionKind } from './uri.ts'

export interface OpenedConnection {
  readonly versions: ConnectionVersions
  /** Null where the driver says nothing about its host. */
  readonly capabilities: HostCapabilities | null
}

/**
 * Connects once and reads what the host is. A person may be asked for a password meanwhile (polkit), so it waits for two
 * minutes. Errors: uri-invalid, virsh-missing, auth-denied, daemon-down, connect-failed, timeout.
 */
export async function connectionOpen(target: Target, options: ReadOptions = {}): Promise<OpenedConnection> {
  const wrong = checkUri(target.uri)
  if (wrong) throw new AppError(wrong.code, wrong.params)
  await target.memory?.open()
  const [version, nodeinfo, memory, capabilities, domain] = await virshRead(
    target,
    [['version'], ['nodeinfo'], ['nodememstats'], ['capabilities'], ['domcapabilities', '--machine=q35']],
    { timeoutMs: 120_000, ...options },
  )
  const versions = readVersions(textOf(version))
  const node = readNodeInfo(nodeinfo?.ok ? nodeinfo.text : '')
  const host = capabilities?.ok ? readCapabilities(capabilities.text) : null
  if (!node || !host) return { versions, capabilities: null }
  const kvmReason = host.kvm ? null : await whyNoKvm(target.uri)
  const freeMemoryKiB = memory?.ok ? readFreeMemory(memory.text) : null
  return { versions, capabilities: { ...node, ...host, freeMemoryKiB, kvmReason, uefi: domain?.ok ? readEfi(domain.text) : false } }
}

/** Memory that is free now in KiB, or null where libvirt does not say. */
export async function freeMemory(target: Target): Promise<number | null> {
  const [memory] = await virshRead(target, [['nodememstats']])
  return memory?.ok ? readFreeMemory(memory.text) : null
}

/** Whom QEMU's processes belong to, or null where libvirt does not say. */
export async function processOwner(target: Target): Promise<ProcessOwner | null> {
  const [answer] = await virshRead(target, [['capabilities']])
  return answer?.ok ? readProcessOwner(answer.text) : null
}

function readVersions(text: string): ConnectionVersions {
  const libvirt = /^Using library: libvirt (\S+)/m.exec(text)?.[1] ?? ''
  const hypervisor = /^Running hypervisor: (.+)$/m.exec(text)?.[1] ?? null
  return { libvirt, hypervisor }
}

/** Only this machine's device can be looked at; libvirt offers KVM only to who can open it. */
async function whyNoKvm(uri: string): Promise<HostCapabilities['kvmReason']> {
  const kind = connectionKind(uri)
  if (kind === 'test') return 'none' // it has no machines that run
  if (kind !== 'session' && kind !== 'system') return 'unknown'
  try {
    await access('/dev/kvm')
  } catch {
    return 'no-device'
  }
  try {
    await access('/dev/kvm', constants.R_OK | constants.W_OK)
    return 'unknown'
  } catch {
    return 'no-permission'
  }
}
