import { isXmlText, utf8Length } from '../../lib/text.ts'
import type { NetworkFinding, NetworkPlan } from '../network-plan.ts'
import { others, type Around } from './around.ts'
import { error, warning } from './finding.ts'

/** libvirt keeps files named after the network, the longest NAME.addnhosts; file systems hold 255 bytes in a name. */
const LONGEST_NAME = 255 - '.addnhosts'.length

/** libvirt 9.0 writes these signs in the names of dnsmasq's files as in XML: a quote takes six bytes. */
const asFileName = (name: string): string => name.replaceAll(/["'&<>]/g, '&quot;')

/** A network that is there keeps its name. */
export function checkName({ name }: NetworkPlan, around: Around): NetworkFinding[] {
  if (around.own !== undefined) return []
  if (name.trim() === '') return [error('name', 'network-name-empty')]
  const found: NetworkFinding[] = []
  if (name.includes('/')) found.push(error('name', 'name-slash'))
  // libvirt 9.0 defines such a network, cannot start it, and with a line break cannot forget it either
  if (/[\t\n\r]/.test(name)) found.push(error('name', 'network-name-tab'))
  else if (!isXmlText(name)) found.push(error('name', 'name-control'))
  if (utf8Length(asFileName(name)) > LONGEST_NAME) found.push(error('name', 'name-long', { max: LONGEST_NAME }))
  if (name !== name.trim()) found.push(warning('name', 'network-name-blank'))
  if (others(around).some((one) => one.name === name)) found.push(error('name', 'network-name-taken', { name }))
  return found
}
