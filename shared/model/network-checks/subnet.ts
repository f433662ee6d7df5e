/** An address range of a network: its form, its size, whether it is free. */
import { addressText, isInside, parseAddress, parseSubnet, subnetText, type Family, type Subnet } from '../../lib/subnets.ts'
import type { NetworkFinding, SubnetPlan } from '../network-plan.ts'
import { takenSubnets, type Around, type TakenSubnet } from './around.ts'
import { checkDhcp } from './dhcp.ts'
import { error, warning } from './finding.ts'

/** All of one family's fields. */
export function checkSubnet(family: Family, plan: SubnetPlan, around: Around): NetworkFinding[] {
  const field = `${family}.cidr`
  const subnet = parseSubnet(plan.cidr.trim())
  if (!subnet) return [error(field, ...formProblem(family, plan.cidr))]
  if (subnet.family !== family) return [error(field, `subnet-not-${family}`)]
  const found = [...checkBits(field, subnet), ...checkSize(field, subnet), ...checkReserved(field, subnet), ...checkOverlap(field, subnet, around)]
  const gateway = plan.gateway === null ? { family, value: subnet.first + 1n } : parseAddress(plan.gateway.trim())
  found.push(...checkGateway(`${family}.gateway`, plan.gateway, subnet))
  return plan.dhcp === null ? found : [...found, ...checkDhcp(family, plan.dhcp, { subnet, gateway })]
}

type Problem = readonly [code: string, params?: NetworkFinding['params']]

function formProblem(family: Family, cidr: string): Problem {
  if (cidr.trim() === '') return [`subnet-empty-${family}`]
  return parseAddress(cidr.trim())?.family === family ? ['subnet-without-prefix', { cidr: cidr.trim() }] : [`subnet-form-${family}`]
}

function checkBits(field: string, subnet: Subnet): NetworkFinding[] {
  return subnet.written === subnet.first ? [] : [error(field, 'subnet-host-bits', { subnet: subnetText(subnet) })]
}

/** Below, nothing is left for machines; above, a good part of the internet would be cut off. */
const sizes = { ipv4: { widest: 8, narrowest: 30 }, ipv6: { widest: 16, narrowest: 126 } } as const

function checkSize(field: string, { family, prefix }: Subnet): NetworkFinding[] {
  const { widest, narrowest } = sizes[family]
  if (prefix < widest) return [error(field, 'subnet-wide', { prefix, widest })]
  if (prefix > narrowest) return [error(field, 'subnet-narrow', { prefix, narrowest })]
  return family === 'ipv6' && prefix !== 64 ? [warning(field, 'subnet-not-64', { prefix })] : []
}

/** RFC 6890: what no machine's card can have. */
const reserved = {
  ipv4: ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4', '240.0.0.0/4'],
  ipv6: ['::/8', 'fe80::/10', 'ff00::/8'],
} as const
/** RFC 1918, 5737, 2544 and 6598: what nobody on the internet has. */
const own = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '198.18.0.0/15']

function checkReserved(field: string, subnet: Subnet): NetworkFinding[] {
  const range = reserved[subnet.family].find((text) => isWithin(subnet, text) || isWithin(parseSubnet(text), subnetText(subnet)))
  if (range !== undefined) return [error(field, 'subnet-reserved', { range })]
  if (subnet.family === 'ipv6' || own.some((text) => isWithin(subnet, text))) return []
  return [warning(field, 'subnet-public', { subnet: subnetText(subnet) })]
}

function isWithin(subnet: Subnet | null, range: string): boolean {
  const outer = parseSubnet(range)
  return subnet !== null && outer !== null && subnet.family === outer.family && subnet.first >= outer.first && subnet.last <= outer.last
}

function checkOverlap(field: string, subnet: Subnet, around: Around): NetworkFinding[] {
  const taken = takenSubnets(around).filter((one) => one.subnet.family === subnet.family && one.subnet.first <= subnet.last && subnet.first <= one.subnet.last)
  const [worst] = [...taken].sort((one, other) => Number('device' in one.by) - Number('device' in other.by))
  return worst ? [overlapFinding(field, subnet, worst)] : []
}

/** A wider route of the host's (a company's network behind a VPN) loses only the part that is taken out of it. */
function overlapFinding(field: string, subnet: Subnet, { subnet: other, by }: TakenSubnet): NetworkFinding {
  const params = { subnet: subnetText(other) }
  if ('network' in by) return error(field, 'subnet-of-network', { ...params, network: by.network })
  const finding = other.prefix < subnet.prefix ? warning : error
  return finding(field, other.prefix < subnet.prefix ? 'subnet-in-route' : 'subnet-of-host', { ...params, device: by.device })
}

function checkGateway(field: string, text: string | null, subnet: Subnet): NetworkFinding[] {
  if (text === null) return []
  const address = parseAddress(text.trim())
  if (!address) return [error(field, 'gateway-form')]
  if (!isInside(subnet, address)) return [error(field, 'gateway-outside', { subnet: subnetText(subnet) })]
  return isEdge(subnet, address.value) ? [error(field, 'gateway-edge', { address: addressText(address) })] : []
}

/** The subnet's own address; in IPv4 its broadcast address too. */
const isEdge = ({ family, first, last }: Subnet, value: bigint): boolean => value === first || (family === 'ipv4' && value === last)
