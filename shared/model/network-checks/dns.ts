/** What the host's DNS answers. */
import { addressText, parseAddress } from '../../lib/subnets.ts'
import type { NetworkFinding } from '../network-plan.ts'
import type { DnsRecord } from '../network.ts'
import { error, warning } from './finding.ts'
import { isDnsName } from './text.ts'

export function checkDomain(domain: string): NetworkFinding[] {
  if (domain === '') return []
  if (!isDnsName(domain)) return [error('domain', 'domain-form')]
  // RFC 6762: such names are asked for by multicast, not at a DNS server
  return /(^|\.)local$/i.test(domain) ? [warning('domain', 'domain-local')] : []
}

export function checkRecords(records: readonly DnsRecord[]): NetworkFinding[] {
  const found = records.flatMap((record, index) => checkRecord(`dnsRecords.${index}`, record))
  return [...found, ...checkUnique(records)]
}

function checkRecord(field: string, { address, names }: DnsRecord): NetworkFinding[] {
  const parsed = parseAddress(address.trim())
  const found: NetworkFinding[] = []
  if (!parsed) found.push(error(`${field}.address`, 'record-address-form'))
  else if (parsed.value === 0n) found.push(error(`${field}.address`, 'record-address-nobody'))
  const named = names.filter((name) => name.trim() !== '')
  if (named.length === 0) found.push(error(`${field}.names`, 'record-names-empty'))
  const wrong = names.find((name) => named.length > 0 && !isDnsName(name))
  if (wrong !== undefined) found.push(error(`${field}.names`, 'record-name-form', { name: wrong }))
  return found
}

/** One record an address; a name may have an address of each family. */
function checkUnique(records: readonly DnsRecord[]): NetworkFinding[] {
  const [addresses, names] = [new Map<string, number>(), new Map<string, number>()]
  return records.flatMap((record, index) => {
    const parsed = parseAddress(record.address.trim())
    if (!parsed) return []
    const found: NetworkFinding[] = []
    const before = addresses.get(addressText(parsed))
    if (before === undefined) addresses.set(addressText(parsed), index)
    else found.push(error(`dnsRecords.${index}.address`, 'record-same-address', { number: before + 1 }))
    for (const name of record.names) {
      const key = `${parsed.family} ${name.toLowerCase()}`
      if (names.has(key)) found.push(error(`dnsRecords.${index}.names`, 'record-same-name', { name }))
      names.set(key, index)
    }
    return found
  })
}
