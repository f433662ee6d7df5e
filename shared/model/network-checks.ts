/** What is wrong with a network before libvirt is asked; what libvirt refuses was measured on libvirt 9.0. */
import { checkBridge, checkForwardDevice, checkHostBridge, checkHostDevice, checkMtu } from './network-checks/devices.ts'
import { checkDomain, checkRecords } from './network-checks/dns.ts'
import type { Around } from './network-checks/around.ts'
import { error } from './network-checks/finding.ts'
import { checkName } from './network-checks/name.ts'
import { checkSubnet } from './network-checks/subnet.ts'
import { hasAddresses, planOfNetwork } from './network-proposal.ts'
import type { NetworkFinding, NetworkPlan } from './network-plan.ts'

export { takesDevice } from './network-checks/devices.ts'
export type { Around } from './network-checks/around.ts'

/**
 * Everything that can be said about a plan; errors stop Create. Fields that its kind does not have are not looked at.
 * Where a network is edited (around.own), what was wrong with it before is no error, so that the rest can be changed.
 */
export function checkNetwork(plan: NetworkPlan, around: Around): NetworkFinding[] {
  const found = checkPlan(plan, around)
  const own = around.networks.find((one) => one.uuid === around.own)
  if (!own) return found
  const before = new Set(checkPlan({ ...plan, ...planOfNetwork(own) }, around).map((one) => JSON.stringify(one)))
  return found.map((one) => (before.has(JSON.stringify(one)) && one.level === 'error' ? { ...one, level: 'warning' } : one))
}

/** Errors lead, so that a field shows its error first. */
function checkPlan(plan: NetworkPlan, around: Around): NetworkFinding[] {
  const found = checkFields(plan, around)
  return [...found.filter((one) => one.level === 'error'), ...found.filter((one) => one.level !== 'error')]
}

function checkFields(plan: NetworkPlan, around: Around): NetworkFinding[] {
  const name = checkName(plan, around)
  if (plan.kind === 'bridge') return [...name, ...checkHostBridge(plan, around)]
  if (plan.kind === 'macvtap') return [...name, ...checkHostDevice(plan, around)]
  const addresses = hasAddresses(plan.kind) ? checkAddresses(plan, around) : []
  return [...name, ...checkForwardDevice(plan, around), ...addresses, ...checkMtu(hasAddresses(plan.kind) ? plan : { ...plan, ipv6: null }), ...checkBridge(plan, around)]
}

function checkAddresses({ kind, ipv4, ipv6, domain, dnsRecords }: NetworkPlan, around: Around): NetworkFinding[] {
  const none = ipv4 === null && ipv6 === null ? [error('ipv4', kind === 'isolated' ? 'isolated-without-subnet' : 'subnet-missing')] : []
  return [
    ...none,
    ...(ipv4 ? checkSubnet('ipv4', ipv4, around) : []),
    ...(ipv6 ? [...checkSubnet('ipv6', ipv6, around), ...checkAdvertised(kind, around)] : []),
    ...checkDomain(domain),
    ...checkRecords(dnsRecords),
  ]
}

/** An isolated network passes nothing on. */
function checkAdvertised(kind: NetworkPlan['kind'], { host }: Around): NetworkFinding[] {
  const [device] = host?.autoconfigured ?? []
  return kind === 'isolated' || device === undefined ? [] : [error('ipv6', 'ipv6-autoconfigured', { device })]
}
