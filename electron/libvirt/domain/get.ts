/** One machine with everything that its page shows. */
import { AppError } from '../../../shared/model/error.ts'
import type { DomainDetails } from '../../../shared/model/domain.ts'
import { sameMac } from '../../../shared/model/network-machines.ts'
import { isCode } from '../errors.ts'
import type { Target } from '../target.ts'
import { textOf, virshRead, virshReadOne } from '../virsh.ts'
import { attr, parseXml } from '../xml/document.ts'
import { agentAddresses, leaseBook, metAddresses, networksOf } from './addresses.ts'
import { readFlags } from './flags.ts'
import { partQueries, readParts, summaryOf } from './list.ts'
import { pendingChanges } from './pending/changes.ts'
import { readConfig } from './read.ts'

/** Live and next-start document, what differs, snapshots; the agent's addresses instead of expected ones. Errors: not-found. */
export async function domainGet(target: Target, uuid: string): Promise<DomainDetails> {
  const answers = await virshRead(target, [
    ...partQueries(uuid),
    ['dumpxml', `--domain=${uuid}`, '--inactive'],
    ['snapshot-list', `--domain=${uuid}`, '--name'],
    ['list', '--all', '--uuid', '--autostart'],
    ['list', '--all', '--uuid', '--persistent'],
    ['list', '--all', '--uuid', '--with-managed-save'],
  ])
  const parts = readParts(uuid, answers.slice(0, 2))
  if (!parts) throw new AppError('not-found', { uuid }, `no machine ${uuid}`)
  const on = attr(parts.domain, 'id') !== null
  const leases = on ? await leaseBook(target, networksOf(parts.domain)) : new Map()
  const summary = summaryOf(target, parts, readFlags(answers.slice(4)), leases)
  const told = on ? await agentAddresses(target, uuid, parts.domain) : []
  const live = on ? readConfig(parts.domain) : null
  const config = summary.persistent ? readConfig(parseXml(textOf(answers[2]))) : null
  const snapshots = answers[3]?.ok ? answers[3].text.split('\n').filter((line) => line !== '').length : 0
  const known = [...told, ...summary.addresses.filter((one) => !told.some((other) => sameMac(other.mac, one.mac)))]
  const met = on ? await metAddresses(target, parts.domain, known) : []
  return { ...summary, addresses: [...known, ...met], live, config, snapshots, pending: pendingChanges({ uuid, live, config }) }
}

/** The document as libvirt prints it, without secrets. Errors: not-found, not-active (live of one that is off). */
export async function domainXml(target: Target, uuid: string, which: 'live' | 'config'): Promise<string> {
  const xml = await virshReadOne(target, ['dumpxml', `--domain=${uuid}`, ...(which === 'config' ? ['--inactive'] : [])])
  if (which === 'live' && attr(parseXml(xml), 'id') === null) throw new AppError('not-active', { uuid })
  return xml
}

/** The UUID of a machine by its name, or null. */
export async function domainUuidOf(target: Target, name: string): Promise<string | null> {
  try {
    return (await virshReadOne(target, ['domuuid', `--domain=${name}`])).trim()
  } catch (error) {
    if (isCode(error, 'not-found', 'invalid-input')) return null
    throw error
  }
}
