/** Where the form begins: free subnets of both families, and the first bridge and card that would do. */
import { parseSubnet } from '../../../shared/lib/subnets.ts'
import { takenBy, takenSubnets } from '../../../shared/model/network-checks/around.ts'
import type { Around } from '../../../shared/model/network-checks.ts'
import { proposeNetwork } from '../../../shared/model/network-proposal.ts'
import type { ConnectionId } from '../../../shared/model/connection.ts'

/** The host's part of an IPv4 subnet, read as digits: "192.168.101.0/24" goes with "fd00:192:168:101::/64". https://www.rfc-editor.org/rfc/rfc4193 */
export function ipv6Beside(ipv4: string): string {
  const [a = '0', b = '0', c = '0'] = ipv4.split('.')
  return `fd00:${a}:${b}:${c}::/64`
}

export interface Proposals {
  readonly ipv4: string
  readonly ipv6: string
  readonly hostBridge: string
  readonly hostDevice: string
}

export function proposals(connection: ConnectionId, around: Around): Proposals {
  const ipv4 = proposeNetwork(connection, 'nat', around, true).ipv4?.cidr ?? ''
  const taken = takenSubnets(around)
  const candidates = [ipv6Beside(ipv4), ...Array.from({ length: 200 }, (_, index) => `fd00:100:${index + 1}::/64`)]
  const ipv6 = candidates.find((text) => {
    const subnet = parseSubnet(text)
    return subnet !== null && !takenBy(subnet, taken)
  })
  return {
    ipv4,
    ipv6: ipv6 ?? ipv6Beside(ipv4),
    hostBridge: proposeNetwork(connection, 'bridge', around, false).hostBridge,
    hostDevice: proposeNetwork(connection, 'macvtap', around, false).hostDevice,
  }
}
